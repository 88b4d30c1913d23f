// A change is seen, not swapped: panels slide from where they stood, padding grows out from the edge, taps are pulled
// apart, a longer stride shows the next window, an edited number ripples to its readers. What is drawn is the still
// picture from the first; only animations stand over it, so that it can be interrupted at any time.
import { editOf, evenly, goneOf, insetsOf, isMove, isSpread, momentsOf, moveOf, nextWindows, ringsOf, standOf, tapsAlong, tapsOf } from './changes.mjs';
import { isRead, spanOf } from './links.mjs';
import { draw, outline } from './panel.mjs';

const TWEEN = { duration: 250, easing: 'cubic-bezier(0.25, 0.7, 0.3, 1)' };
const GHOST = { duration: 900, easing: 'ease-out' };
const RIPPLE = 130,
  RING = 30;
const px = (...lengths) => lengths.map((length) => `${length.toFixed(2)}px`).join(', ');
// Half of an outer line is outside.
const clipped = (insets) => ({ clipPath: `inset(${insets.map((length) => `${(length - 1).toFixed(2)}px`).join(' ')})` });
const keyOf = ({ kind, index }) => `${kind} ${index}`;
const marginOf = ({ kind }, model) => (kind === 'input' ? model.before : [0, 0]);

// The taps of the sheet: {node, place: where it lies, null where it reads nothing}.
const leavesOf = (root) =>
  [...root.querySelectorAll('.leaf')].map((node) => ({
    node,
    place: node.style.display === 'none' ? null : (node.style.transform.match(/translate\([^)]*\)/)?.[0] ?? null),
  }));

export function createTweening({ picture, sheet, still }) {
  let running = [];

  function animate(node, frames, options, passing = false) {
    const animation = node.animate(frames, options);
    const entry = { animation, node: passing ? node : null };
    running.push(entry);
    animation.onfinish = () => {
      if (passing) node.remove();
      running = running.filter((each) => each !== entry);
    };
  }
  // At once as it will be.
  function stop() {
    running.forEach(({ animation, node }) => {
      animation.cancel();
      node?.remove();
    });
    running = [];
  }

  // Where a panel is seen now, maybe on its way.
  function seen({ group, x, y, size, ...panel }) {
    if (!group.getAnimations().length) return { ...panel, x, y, size };
    const { a, e, f } = new DOMMatrix(getComputedStyle(group).transform);
    return { ...panel, x: e, y: f, size: size * a };
  }

  // The picture as it is seen, before another one takes its place.
  function capture(model, step) {
    if (still() || !model || !picture.panels().length) return null;
    const stands = new Map(picture.panels().map((panel) => [keyOf(panel), standOf(seen(panel), marginOf(panel, model))]));
    const words = new Map(picture.words().map(({ key, x, y }) => [key, { x, y }]));
    const window = model.window(step);
    return { model, stands, words, taps: tapsOf(window, model.before), leaves: leavesOf(sheet.root), reads: window.reads };
  }

  // From the picture before to this one, which is drawn by now.
  function play(before, model, step) {
    stop();
    if (!before || document.hidden) return;
    const standing = (panel) => [before.stands.get(keyOf(panel)), standOf(panel, marginOf(panel, model))];
    picture.panels().forEach((panel) => slide(panel, ...standing(panel)));
    picture.words().forEach(({ key, node, x, y, moved }) => {
      const from = before.words.get(key);
      if (!from) animate(node, [{ opacity: 0 }, { opacity: 1 }], TWEEN);
      else if (from.x !== x || from.y !== y)
        animate(node, [{ transform: moved(from.x - x, from.y - y) }, { transform: moved(0, 0) }], TWEEN);
    });
    if (model.adds || before.model.adds) return;
    const window = model.window(step),
      taps = tapsOf(window, model.before);
    const inputs = picture.panels().filter(({ kind, index }) => kind === 'input' && window.reads.includes(index));
    inputs.forEach((panel) => moveWindow(panel, standing(panel), { before: before.taps, after: taps, margin: model.before }));
    moveLeaves(before, window);
    for (const next of nextWindows(before.model, model, Math.min(step, model.steps - 1)))
      inputs.forEach((panel) => ghost(panel, window, model.window(next)));
  }

  function slide(panel, from, to) {
    if (!from) {
      animate(panel.group, [{ opacity: 0 }, { opacity: 1 }], TWEEN);
      return;
    }
    vanish(panel, goneOf(from, to));
    const move = moveOf(from, to);
    if (!isMove(move, to)) return;
    const start = `translate(${px(move.x, move.y)}) scale(${move.scale})`;
    animate(panel.group, [{ transform: start }, { transform: `translate(${px(panel.x, panel.y)}) scale(1)` }], TWEEN);
    if (!move.inset.some(Boolean)) return;
    const whole = { wide: panel.columns * panel.size, high: panel.rows * panel.size };
    animate(panel.body, insetsOf(move, momentsOf(move, to), whole).map(clipped), TWEEN);
  }

  // Cells that are no more fade where they were.
  function vanish({ group, body, size }, cells) {
    if (!cells.length) return;
    const path = draw('path', 'gone', null, { 'aria-hidden': true, d: outline(cells.map((at) => [...at, 1, 1]), size) });
    group.insertBefore(path, body);
    animate(path, [{ opacity: 1 }, { opacity: 0 }], TWEEN, true);
  }

  // The window glides with its cells; its taps go apart or together.
  function moveWindow({ frame, casing, taps: inner, size }, [from, to], { before, after, margin: [top, left] }) {
    const [first, last] = [before.find(Boolean), after.find(Boolean)];
    if (!first || !last) return;
    const moments = momentsOf(moveOf(from ?? to, to), to);
    if (first[0] !== last[0] || first[1] !== last[1]) {
      const along = (axis, at, edge) => evenly(moments, axis, (first[at] + edge) * size, (last[at] + edge) * size);
      const [across, down] = [along('x', 1, left), along('y', 0, top)];
      animate(frame, across.map((x, nth) => ({ transform: `translate(${px(x, down[nth])})` })), TWEEN);
    }
    if (!isSpread(before, after)) return;
    const path = (places) => ({ d: `path("${outline(places.map((at) => [...at, 1, 1]), size)}")` });
    const ways = tapsAlong(moments, [before, after], { margin: [top, left], size }).map(path);
    for (const line of [casing, inner]) animate(line, ways, TWEEN);
  }

  // The sheet over the window goes with it.
  function moveLeaves({ leaves, stands, reads }, window) {
    const now = leavesOf(sheet.root);
    if (now.length !== leaves.length || `${reads}` !== `${window.reads}`) return;
    const scale = stands.get(keyOf({ kind: 'input', index: reads[0] })).size / picture.panelOf({ kind: 'input', panel: reads[0] }).size;
    now.forEach(({ node, place }, index) => {
      const from = leaves[index].place;
      if (!from || !place || (from === place && scale === 1)) return;
      animate(node, [{ transform: `${from} scale(${scale})` }, { transform: `${place} scale(1)` }], TWEEN);
    });
  }

  // How far one step goes: the next window leaves the present one, waits and fades.
  function ghost({ group, frame, size }, window, next) {
    const corner = ({ rows, columns }) => [spanOf(rows), spanOf(columns)];
    const [[down, across], [nextDown, nextAcross]] = [corner(window), corner(next)];
    if (!down || !nextDown || !across || !nextAcross) return;
    const path = draw('path', 'ghost', null, {
      'aria-hidden': true,
      d: outline([[nextDown[0], nextAcross[0], nextDown[1], nextAcross[1]]], size),
    });
    group.insertBefore(path, frame);
    const back = `translate(${px((across[0] - nextAcross[0]) * size, (down[0] - nextDown[0]) * size)})`;
    const frames = [
      { transform: back, opacity: 0 },
      { transform: 'translate(0px, 0px)', opacity: 1, offset: 0.28 },
      { transform: 'translate(0px, 0px)', opacity: 1, offset: 0.6 },
      { transform: 'translate(0px, 0px)', opacity: 0 },
    ];
    animate(path, frames, GHOST, true);
  }

  // An edited number reaches its readers, ring by ring.
  function ripple(before, model) {
    if (still() || !before || document.hidden) return;
    const edit = editOf(before, model);
    if (!edit) return;
    const outputs = picture.panels().filter(({ kind }) => kind === 'output');
    ringsOf(edit.places).forEach((ring, nth) =>
      outputs.forEach(({ group, frame, index, size }) => {
        const boxes = ring.filter(([map]) => map === index % model.maps).map(([, row, column]) => [row, column, 1, 1]);
        if (!boxes.length) return;
        const path = draw('path', `ripple ${edit.kind}`, null, { 'aria-hidden': true, d: outline(boxes, size) });
        group.insertBefore(path, frame);
        const frames = [{ opacity: 0 }, { opacity: 1, offset: 0.4 }, { opacity: 0 }];
        animate(path, frames, { duration: RIPPLE, delay: nth * RING, fill: 'backwards' }, true);
      }),
    );
  }
  return { capture, play, ripple, stop };
}
