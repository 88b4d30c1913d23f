// Counting where the window fits, before any formula: Python hands over every place, every number and every sentence.
import { createCommits } from '../shared/commits.mjs';
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';
import { roomBelow, watchRoom } from '../shared/room.mjs';
import { createRoving } from '../shared/roving.mjs';
import { followTheme } from '../shared/theme.mjs';
import { createStepping } from '../stage/stepping.mjs';
import { createStrip } from '../stage/strip.mjs';
import { createBoard } from './board.mjs';
import { axisToCount, foundWith } from './finding.mjs';
import { createWorkings } from './working.mjs';

const LEAST_HEIGHT = 240,
  NARROW = 600,
  BELOW = 44;

function createCounting(host) {
  const root = host.querySelector('.counting');
  const find = (selector) => root.querySelector(selector);
  const [svg, readout, frame] = ['.picture', '.readout', '.frame'].map(find);
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const commits = createCommits(),
    board = createBoard(svg);
  let data = null,
    tried = null,
    shape = '',
    width = 0,
    room = 0;

  const say = (sentence) => write(readout, sentence);
  const waiting = () => [...commits.waiting('found'), ...commits.waiting('again')].sort((one, other) => one.at - other.at);
  const foundNow = () => foundWith(data.axes, waiting());
  let acts = 0;
  const commit = (act, value) => commits.add(act, value, { ...value, at: (acts += 1) });

  function show() {
    const found = foundNow();
    board.show({ found, tried, toCount: axisToCount(data.axes, found) });
    workings.show({ data, found });
    refresh();
    refreshItems();
  }
  function attempt(place) {
    const { legal, words } = data.axes[place.axis].places[place.cell];
    tried = place;
    if (legal && !foundNow()[place.axis].includes(place.cell)) commit('found', place);
    // Two places in a row would sound the same, and the second one would not be said.
    say(legal ? `${words} Place ${foundNow()[place.axis].indexOf(place.cell) + 1}.` : words);
    show();
  }
  const workings = createWorkings({
    root: find('.workings'),
    listen,
    point: (part, axis) => data && board.light(part, axis),
    again() {
      tried = null;
      say('');
      commit('again', { again: true });
      show();
    },
  });
  const refresh = createRoving({ root: frame, items: () => (data ? board.marks() : []), listen });
  const refreshItems = createRoving({ root: find('.workings'), items: workings.items, listen });
  listen(svg, 'click', ({ target }) => {
    const place = board.placeOf(target);
    if (place) attempt(place);
  });
  listen(frame, 'keydown', (event) => {
    const place = board.placeOf(event.target);
    if (!place || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    event.stopPropagation();
    attempt(place);
  });
  // A presenter's clicker finds the next place; when all are found it is the page's again.
  function next() {
    const found = foundNow(),
      axis = axisToCount(data.axes, found);
    if (axis === null) return false;
    attempt({ axis, cell: data.axes[axis].places.findIndex(({ legal }, cell) => legal && !found[axis].includes(cell)) });
    return true;
  }
  listen(document, 'keydown', (event) => {
    if (event.key === 'PageDown' && data?.present && !event.defaultPrevented && next()) event.preventDefault();
  });
  const stepping = createStepping({ commits, say, draw: () => drawStrip() });
  const drawStrip = createStrip({ root: find('.strip'), listen, stepping });

  function place() {
    if (!data || !frame.clientWidth) return;
    [width, room] = [frame.clientWidth, roomBelow(svg)];
    const height = root.clientWidth < NARROW ? 420 : Math.max(LEAST_HEIGHT, room - BELOW);
    svg.style.height = `${Math.ceil(board.place({ width, height }))}px`;
    show();
  }
  const leaveRoom = watchRoom(root, () => {
    if (frame.clientWidth !== width || roomBelow(svg) !== room) place();
  });

  return {
    update(component) {
      data = component.data;
      commits.receive(component, data.commits);
      followTheme(root);
      root.classList.toggle('present', data.present);
      write(find('.sentence'), data.sentence);
      stepping.receive(data.steppers);
      drawStrip();
      const now = JSON.stringify([data.links, data.axes.length, data.present]);
      if (now !== shape) {
        shape = now;
        tried = null;
        board.build(data);
      } else board.receive(data);
      place();
      stepping.remind();
    },
    destroy() {
      ended.abort();
      leaveRoom();
      commits.destroy();
    },
  };
}

export default mounting(createCounting);
