// What a unit sees. Python hands over which cell reads which; here a unit is pointed at and followed back.
import { createCommits } from '../shared/commits.mjs';
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';
import { followTheme } from '../shared/theme.mjs';
import { isPlain } from '../shared/keys.mjs';
import { roomBelow, watchRoom } from '../shared/room.mjs';
import { fieldSentence, fieldsOf } from './fields.mjs';
import { drawLattice, latticeSize, lightLattice } from './lattice.mjs';
import { cellAt, drawMaps, lightMaps, placesOf } from './maps.mjs';

const MOVES = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
// How many times as large maps are at most, near and from the back row; nodes grow as a whole.
const NEAR = 1.5, FAR = 2.4, FAR_NODES = [1.5, 2.4], NARROW = 640, FREE = 8;
const SPEAK_AFTER = 500;
const within = (n, count) => Math.min(Math.max(0, n), count - 1);

function createUnitField(host) {
  const root = host.querySelector('.unit-field'),
    [svg, where, sentence] = ['svg', '.where', '.sentence'].map((part) => root.querySelector(part));
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const commits = createCommits();
  let data = null,
    drawn = [],
    width = 0,
    tall = 0;
  // The stop and the cell that are followed: what was pointed at, else the unit of the page.
  let at = 0,
    unit = [0, 0];

  function light() {
    const fields = fieldsOf(data.stops, at, unit);
    if (data.nodes) lightLattice(drawn, at, unit[1]);
    else lightMaps(drawn, fields);
    write(where, fieldSentence(data.stops, at, unit, fields));
    drawn.forEach(({ group, place }) => {
      group.classList.toggle('followed', place.index === at);
      group.setAttribute('aria-label', `${place.name}, ${place.size.join(' × ')}, ${place.words}`);
    });
  }
  function follow(index, cell) {
    if (index === at && `${cell}` === `${unit}`) return;
    [at, unit] = [index, cell];
    light();
  }
  const goHome = () => follow(data.stops.length - 1, data.unit);
  const isFar = () => data.present && root.clientWidth > NARROW;
  // What is said stands below it on the same screen.
  const heightFor = () => (isFar() ? roomBelow(root) - (root.offsetHeight - svg.getBoundingClientRect().height) - FREE : Infinity);
  const zoomOf = ([wide, high]) => Math.min(Math.max(FAR_NODES[0], Math.min(width / wide, tall / high)), FAR_NODES[1]);
  function draw() {
    if (!data || !root.clientWidth) return;
    width = root.clientWidth;
    const far = isFar();
    tall = heightFor();
    const zoom = far && data.nodes ? zoomOf(latticeSize(data.stops)) : 1;
    const type = parseFloat(getComputedStyle(root).fontSize);
    Object.assign(svg.style, { zoom, fontSize: `${type / zoom}px` });
    drawn = data.nodes
      ? drawLattice(svg, data.stops, width / zoom)
      : drawMaps(svg, placesOf(data.stops, width, { largest: far ? FAR : NEAR, type, tall }));
    light();
    // What stands there from the first is read in its turn; what comes later is said.
    setTimeout(() => where.setAttribute('aria-live', 'polite'), SPEAK_AFTER);
  }
  const partOf = ({ target }) => drawn.find(({ group }) => group.contains(target));
  const cellOf = (part, event) => (data.nodes ? [0, event.target.column ?? unit[1]] : cellAt(part, event));
  listen(svg, 'pointermove', (event) => {
    const part = partOf(event);
    if (part) follow(part.place.index, cellOf(part, event));
  });
  listen(svg, 'pointerleave', goHome);
  listen(svg, 'click', (event) => {
    const part = partOf(event);
    if (part?.place.index) commits.add('unit', [part.place.name, ...cellOf(part, event)]);
  });
  listen(svg, 'focusin', (event) => {
    const part = partOf(event);
    if (part && part.place.index !== at) follow(part.place.index, part.place.size.map((n) => Math.floor(n / 2)));
  });
  listen(svg, 'keydown', (event) => {
    const part = partOf(event), move = MOVES[event.key];
    if (!part || !isPlain(event)) return;
    if (event.key === 'Enter' && part.place.index) commits.add('unit', [part.place.name, ...unit]);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    follow(part.place.index, unit.map((n, axis) => within(n + move[axis], part.place.size[axis])));
  });
  const leaveRoom = watchRoom(root, () => {
    if (data && (Math.abs(root.clientWidth - width) >= 1 || Math.abs(heightFor() - tall) >= 1)) draw();
  });

  return {
    update(component) {
      const before = JSON.stringify(data?.stops) + data?.nodes;
      ({ data } = component);
      followTheme(root);
      commits.receive(component, data.commits);
      root.classList.toggle('present', data.present);
      write(sentence, data.sentence);
      [at, unit] = [data.stops.length - 1, data.unit];
      if (before === JSON.stringify(data.stops) + data.nodes && drawn.length) light();
      else draw();
    },
    destroy() {
      ended.abort();
      leaveRoom();
      commits.destroy();
    },
  };
}

export default mounting(createUnitField);
