// The room there is on the screen, and what is drawn in it. It does not depend on the layer, so that nothing jumps.
import { roomBelow, watchRoom } from '../shared/room.mjs';
import { arrange } from './layout.mjs';

// `screen`: the smallest one aimed at; cells are at most `cell` high on it, and grow with a larger one. `sum`: the height
// of the sum's room. `below`: what stays free; before an audience for the sentence on rows that no window reads.
const SIZES = {
  page: { screen: [1366, 768], cell: 78, sum: 86, below: 8 },
  audience: { screen: [1280, 720], cell: 96, sum: 150, below: 52 },
  phone: { screen: [1366, 768], cell: 78, sum: 68, below: 0 },
};
const NARROW = 600,
  LEAST_HEIGHT = 260,
  // On a phone: for each further line of the sum; the cells in which a number is easily touched, and those that are borne
  // where the whole board can then be seen at once: a result out of sight is worse than numbers that have to be tapped.
  SUM_LINE = 17,
  TOUCHED = 22,
  BORNE = 5,
  // A window that is magnified, or smaller than any phone, shows no board at once: there all cells can be touched.
  LOW_WINDOW = 420,
  SMALL_STAGE = 310;

export function createSizing(stage) {
  const { root, find, store, picture, calculation, commits, showing } = stage;
  const { state } = store;
  const unwritten = find('.unwritten');
  const [strip, frame, transport, readout] = ['.strip', '.frame', '.transport', '.readout'].map(find);
  const host = root.getRootNode().host ?? root.parentElement;
  let width = 0,
    height = 0,
    layout = null;

  const kind = () => (width < NARROW ? 'phone' : state.model.present ? 'audience' : 'page');
  const growth = ([wide, high]) => Math.max(1, Math.min(innerWidth / wide, innerHeight / high));

  // What stands around the picture; each part has a height of its own. On a phone, before an audience too, the formulas
  // come after the keys.
  function around() {
    if (kind() === 'phone') return strip.offsetHeight + transport.offsetHeight + readout.offsetHeight;
    const end = Math.max(...[transport, readout].map((part) => part.offsetTop + part.offsetHeight));
    return end - frame.offsetHeight;
  }
  // From where the stage starts to the end of the screen, or as many pixels as it was given.
  function whole() {
    const { present, tall } = state.model;
    if (!present && tall !== null) return tall;
    return (roomBelow(host) - SIZES[kind()].below) / (Number(root.style.zoom) || 1);
  }
  // Measured before the picture is touched: thousands of fresh nodes make measuring slow. Whether it changed.
  function measure() {
    const before = [width, height];
    // The presenter's view grows with the screen that it is shown on, as a whole.
    root.style.zoom = state.model.present ? growth(SIZES.audience.screen) : 1;
    width = root.clientWidth;
    height = Math.max(LEAST_HEIGHT, Math.floor(whole() - around()));
    return Math.abs(width - before[0]) >= 1 || height !== before[1];
  }

  function place() {
    if (!width) return;
    const { cell, sum, screen } = SIZES[kind()],
      narrow = kind() === 'phone',
      blocks = picture.blocks();
    const grown = kind() === 'audience' ? 1 : growth(screen);
    // A phone is scrolled anyway: a picture that would be too small as a whole grows downwards, as far as it must.
    const written = Math.max(...blocks.map(({ bare }) => bare)),
      least = narrow ? Math.max(TOUCHED, written) : 2,
      borne = !narrow ? 2 : innerHeight < LOW_WINDOW || width < SMALL_STAGE ? least : BORNE,
      lines = narrow ? SUM_LINE * (state.model.per + state.model.layers.length - 2) : 0;
    layout = arrange({ width, height, sum: Math.round(sum * grown) + lines, blocks, largest: cell * grown, least, borne, narrow, line: state.model.line });
    picture.place(layout);
    calculation.place(layout.sum);
    draw();
  }
  function draw() {
    picture.paint(state.model);
    unwritten.hidden = picture.isWritten();
    // Numbers typed since, which are still on their way.
    commits.waiting('edit').forEach(({ at, value }) => picture.writeCell(at, value));
    if (!state.playing) showing.show();
  }
  const remeasure = () => {
    if (state.model && measure()) place();
  };
  const leaveRoom = watchRoom(root, remeasure);

  return {
    // The same panels with other numbers.
    refill() {
      if (!layout) return;
      if (measure()) return place();
      calculation.place(layout.sum);
      draw();
    },
    rebuild() {
      measure();
      picture.build(state.model);
      stage.sheet.build(state.model);
      calculation.build(state.model);
      place();
    },
    stop: leaveRoom,
  };
}
