// A layer's connections. Python hands over the tables of links and every number; the parts share one object.
import { createCaptionsButton, readingTime } from '../shared/captions.mjs';
import { createCommits } from '../shared/commits.mjs';
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';
import { roomBelow, watchRoom } from '../shared/room.mjs';
import { createRoving } from '../shared/roving.mjs';
import { followTheme } from '../shared/theme.mjs';
import { createStepping } from '../stage/stepping.mjs';
import { createStrip } from '../stage/strip.mjs';
import { belonging } from './belonging.mjs';
import { createGrids } from './grids.mjs';
import { readGraph, talliesOf } from './graph.mjs';
import { saying } from './saying.mjs';
import { createStamping } from './stamping.mjs';
import { readSteps } from './steps.mjs';
import { createVisiting } from './visiting.mjs';
import { createWires } from './wires.mjs';

const LEAST_HEIGHT = 240;
// What stays free below the picture for the sentences, and for what a page says of the matrix.
const BELOW = {
  page: { use: 56, matrix: 150, lines: 110, turned: 70, ways: 62 },
  audience: { use: 100, matrix: 244, lines: 120, turned: 100, ways: 106 },
};
const WINDOWS = { begin: 'Slide the window and count', end: 'Show the whole count' };
const PLAYED = {
  copies: { begin: 'Lay down copy after copy', end: 'Stop' },
  zeros: { begin: 'Slide the window', end: 'Stop' },
};

// What visiting asks of the picture on show.
const gridLook = (shared, grids) => ({
  cellOf: grids.cellOf,
  kindOf: (target) => grids.panels().find(({ group }) => group === target)?.kind ?? null,
  size: grids.size,
  start: (kind) => (kind === shared.steps.kind ? shared.steps.placeOf(shared.step) : [0, 0]),
  rest: ({ kind }) => grids.cursor(kind, null),
  show(on) {
    grids.light(belonging({ ...shared, picture: shared.data.picture, on: on ?? shared.atRest() }));
    if (on && grids.find(on.kind).group.matches(':focus')) grids.cursor(on.kind, on.at, shared.say(on));
  },
});
const wireLook = (wires) => ({ cellOf: wires.cellOf, kindOf: () => null, rest: () => {}, show: wires.light });

function createConnections(host) {
  const root = host.querySelector('.connections');
  const find = (selector) => root.querySelector(selector);
  const [svg, readout, button] = ['.picture', '.readout', '.stamp'].map(find);
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const commits = createCommits();
  const shared = { svg, graph: null, matrix: null, data: null, steps: null, step: 0, shape: '', width: 0, room: 0 };
  const isBoth = () => shared.data.picture === 'ways';
  shared.say = (on) => saying({ ...shared, on });
  shared.atRest = () => (shared.steps.always ? { kind: shared.steps.kind, at: shared.steps.placeOf(shared.step) } : null);

  const pictures = { grids: createGrids(svg), wires: createWires(svg) };
  const looks = { grids: gridLook(shared, pictures.grids), wires: wireLook(pictures.wires) };
  const name = () => (shared.data?.picture === 'lines' ? 'wires' : 'grids');
  const picture = () => pictures[name()];
  // While it plays by itself, nobody could listen to every step.
  function say(sentence) {
    readout.setAttribute('aria-live', stamping.isOn() ? 'off' : 'polite');
    write(readout, sentence);
  }
  const look = () => ({
    ...looks[name()],
    show(on) {
      if (stamping.isOn()) return;
      looks[name()].show(on);
      say(shared.say(on ?? shared.atRest()));
    },
  });

  function showWindow(step) {
    pictures.grids.fill(step === null ? undefined : talliesOf(shared.graph, step + 1), 'input');
    const on = step === null ? null : { kind: 'output', at: shared.graph.placeOf(step) };
    pictures.grids.light(belonging({ ...shared, picture: 'use', on }));
    say(on ? `Window ${step + 1} of ${shared.steps.count}: one more for every cell under it.` : '');
  }
  // The last step that was shown stays.
  function showStep(step) {
    if (step === null) return chooseStep(shared.step);
    shared.step = step;
    const on = shared.atRest();
    refill();
    pictures.grids.light(belonging({ ...shared, picture: shared.data.picture, on }));
    say(shared.say(on));
    return null;
  }
  const captions = createCaptionsButton({ root, listen });
  const stamping = createStamping({
    button,
    show: (step) => (isBoth() ? showStep : showWindow)(step),
    toRead: () => (captions.isOn() ? readingTime(readout.textContent) : 0),
  });
  function refill() {
    pictures.grids.to(shared.step);
    if (isBoth()) pictures.grids.fill();
  }
  listen(button, 'click', () => stamping.toggle());
  function chooseStep(step) {
    shared.step = step;
    commits.add('step', shared.base + step);
    refill();
    look().show(null);
  }
  const visiting = createVisiting({
    svg,
    listen,
    look,
    isPresented: () => !!shared.data?.present,
    choose(on) {
      const step = shared.steps.always && !stamping.isOn() ? shared.steps.stepAt(on) : null;
      if (step !== null) chooseStep(step);
    },
    turn(by) {
      const to = shared.step + by;
      if (!shared.steps.always || to < 0 || to >= shared.steps.count) return false;
      chooseStep(to);
      return true;
    },
  });
  const refreshStops = createRoving({ root: find('.frame'), items: () => (name() === 'wires' ? pictures.wires.nodes() : []), listen });
  const stepping = createStepping({ commits, say, draw: () => drawStrip() });
  const drawStrip = createStrip({ root: find('.strip'), listen, stepping });

  function place() {
    if (!shared.data || !root.clientWidth) return;
    shared.width = root.clientWidth;
    shared.room = roomBelow(svg);
    const below = BELOW[shared.data.present ? 'audience' : 'page'][shared.data.picture];
    const height = Math.max(LEAST_HEIGHT, shared.room - below);
    svg.style.height = `${Math.ceil(picture().place({ width: shared.width, height }))}px`;
    look().show(null);
  }
  const leaveRoom = watchRoom(root, () => {
    if (root.clientWidth !== shared.width || roomBelow(svg) !== shared.room) place();
  });

  function receive(component) {
    const { data } = component;
    commits.receive(component, data.commits);
    const graph = readGraph(data.links, data.turned_taps);
    Object.assign(shared, { data, graph, matrix: data.matrix && { transpose: data.transpose, shape: data.matrix.shape } });
    shared.steps = readSteps(shared);
    const cells = shared.steps.count;
    shared.base = data.step - (data.step % cells);
    if (!commits.isWaiting()) shared.step = data.step % cells;
    shared.step = Math.min(shared.step, cells - 1);
    stamping.receive({ steps: cells, ...(isBoth() ? PLAYED[data.order] : WINDOWS) });
  }
  return {
    update(component) {
      receive(component);
      const { data, graph } = shared;
      followTheme(root);
      root.classList.toggle('present', data.present);
      root.dataset.picture = data.picture;
      root.setAttribute('aria-label', data.title);
      svg.setAttribute('aria-label', `${data.title}: Tab to a grid, then the arrow keys, go from cell to cell`);
      write(find('.sentence'), data.sentence);
      button.hidden = find('.captions').hidden = !(data.picture === 'use' && !data.landed) && data.picture !== 'ways';
      stepping.receive(data.steppers);
      drawStrip();
      const shape = JSON.stringify([data.picture, data.links, data.transpose, data.landed, data.matrix?.shape, data.order, data.present]);
      if (shape !== shared.shape) {
        shared.shape = shape;
        visiting.forget();
        svg.classList.remove('chosen');
        picture().build(data, graph);
      } else picture().receive(data);
      pictures.grids.to(shared.step);
      if (name() === 'wires') {
        pictures.wires.say(shared.say);
        refreshStops();
      }
      place();
      stepping.remind();
    },
    destroy() {
      ended.abort();
      leaveRoom();
      commits.destroy();
      stamping.halt();
    },
  };
}

export default mounting(createConnections);
