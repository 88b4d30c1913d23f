// The room there is, and what is drawn in it.
import { arrange } from './layout.mjs';

const LEAST_HEIGHT = 170;
const SIZES = {
  page: { picture: 330, cell: 44 },
  audience: { whole: 664, picture: 460, cell: 76 },
};

export function createSizing(stage) {
  const { root, find, store, picture, calculation, commits, showing } = stage;
  const { state } = store;
  const unwritten = find('.unwritten');
  const around = ['.formulas', '.leftover', '.transport', '.readout', '.unwritten'].map(find);
  let width = 0;

  // What the rest needs is measured before the picture is touched: thousands of fresh nodes make measuring slow.
  const measure = () => around.reduce((sum, part) => sum + part.offsetHeight, 40);

  function place(rest = measure()) {
    if (!width) return;
    const { model } = state;
    const sizes = model.present ? SIZES.audience : SIZES.page;
    const room = (sizes.whole ?? model.tall) - rest - calculation.place({ width });
    const height = Math.min(Math.max(room, LEAST_HEIGHT), sizes.picture);
    picture.place(arrange({ width, height, blocks: picture.blocks(), largest: sizes.cell }));
    const hinted = !unwritten.hidden;
    draw();
    // The hint takes a line of the room: then once more with what is left.
    if (hinted === unwritten.hidden) place();
  }
  function draw() {
    picture.paint(state.model);
    unwritten.hidden = picture.isWritten();
    // Numbers typed since, which are still on their way.
    commits.waiting('edit').forEach(({ at, value }) => picture.writeCell(at, value));
    if (!state.playing) showing.show();
  }
  // The presenter's view grows with the screen that it is shown on, as a whole.
  function measureWidth() {
    root.style.zoom = state.model.present ? Math.max(1, Math.min(innerWidth / 1280, innerHeight / 720)) : 1;
    return root.clientWidth;
  }
  const observer = new ResizeObserver(() => {
    if (!state.model) return;
    const now = measureWidth();
    if (Math.abs(now - width) < 1) return;
    width = now;
    place();
  });
  observer.observe(root);

  return {
    // The same panels with other numbers.
    refill() {
      if (!width) return;
      calculation.place({ width });
      draw();
    },
    rebuild() {
      const rest = measure();
      if (!width) width = measureWidth();
      picture.build(state.model);
      calculation.build(state.model);
      place(rest);
    },
    stop: () => observer.disconnect(),
  };
}
