// Original and result as one loupe sees them: the arithmetic at the pointer, a pinned place, zoom, a curtain. Python
// hands over pixels, facts and geometry: the result with all words as this component's data, the original and the
// numbers at the pinned place by couriers.
import { createCommits } from '../shared/commits.mjs';
import { mounting } from '../shared/mount.mjs';
import { htmlNode, write } from '../shared/nodes.mjs';
import { followTheme } from '../shared/theme.mjs';
import { readPayload } from '../shared/payload.mjs';
import { pageBoard } from './board.mjs';
import { centreOf, clamp, keyStep, outputIndex, receivePlace, toResult, windowStart } from './place.mjs';
import { agrees, windowAt, windowSum } from './arithmetic.mjs';
import { FITTED, layoutOf, panned, revealed, screenBox, viewsOf, zoomStep, zoomWords, zoomed } from './view.mjs';
import { decode, keepPixels } from './pixels.mjs';
import { isDarkColour, paint } from './paint.mjs';
import { createCurtain } from './curtain.mjs';
import { createStrip } from './strip.mjs';
import { differenceWords, meansWords, noteWords, spokenNumber, windowWords } from './words.mjs';
import { followPointers } from './gestures.mjs';

const COMMIT_AFTER = 300, SPEAK_AFTER = 500, GAP = 24, STACKED = 600, BESIDE = 760, LEAST_BOX = 14, PRESENT_AROUND = 76;
const NAMES = ['original', 'result'];
// Boxes on both: the window and the result's pixel, where they are pinned and where the strip is now.
const KINDS = ['pin window', 'pin cell', 'here window', 'here cell'];

function createLoupe(host) {
  const root = host.querySelector('.loupe'), find = (selector) => root.querySelector(selector);
  const pair = find('.pair'), zoomShown = find('.zoom');
  const panels = Object.fromEntries(NAMES.map((name) => {
    const figure = find(`[data-panel=${name}]`), frame = figure.querySelector('.frame');
    const boxes = Object.fromEntries(
      KINDS.map((kind) => [kind, htmlNode({ className: `box ${kind}`, parent: frame })]),
    );
    const canvas = figure.querySelector('canvas'), facts = figure.querySelector('.facts');
    // The decoded picture as canvas and as bytes, and which file it comes from.
    const source = htmlNode({ name: 'canvas', className: 'source', parent: figure });
    return [name, { figure, frame, canvas, facts, boxes, source, pixels: null, drawn: '' }];
  }));
  const ended = new AbortController(), timers = {};
  const listen = (target, name, act, options = {}) =>
    target.addEventListener(name, act, { ...options, signal: ended.signal });
  const later = (name, wait, act) => { clearTimeout(timers[name]); timers[name] = setTimeout(act, wait); };
  const commits = createCommits();
  let component = null, latest = null, header = null, given = null, turn = 0;
  let layout = null, view = FITTED, views = null, plane = 0, pin = [0, 0], known = null, sent = [], pointer = null;
  const strip = createStrip({ root: find('.strip'), choosePlane: (next) => { plane = next; ask('view'); } });
  const curtain = createCurtain({
    divider: find('.divider'), frame: panels.original.frame, covering: panels.result.frame,
    extent, listen, changed: () => ask('view'),
  });

  // --- drawing, once a frame ---------------------------------------------------------------------------------------
  const asked = { view: false, frame: 0 };
  function ask(what) {
    if (what === 'view') asked.view = true;
    asked.frame ||= requestAnimationFrame(() => {
      asked.frame = 0;
      if (!layout) return;
      if (asked.view) drawPictures();
      asked.view = false;
      drawPlace();
    });
  }
  function place() {
    const width = root.clientWidth;
    if (!header || !width) return;
    const onTop = header.compare === 'curtain', beside = onTop && width >= BESIDE;
    // Under a curtain the arithmetic stands beside the pictures, else below them.
    const across = beside ? width * 0.58 : onTop || width < STACKED ? width : (width - GAP) / 2;
    // Heading, words, the strip and the facts need their room on the same screen.
    const tall = (part) => Math.max(0, ...[...root.querySelectorAll(part)].map((node) => node.offsetHeight));
    // Before an audience the whole is to fit the screen, above the strip with the way back.
    const words = pair.offsetHeight - panels.original.frame.offsetHeight + tall('.formulas')
      + (beside ? 0 : tall('.strip')) + PRESENT_AROUND;
    // A small kernel's strip leaves the pictures as they are, so that they do not change size with every kernel.
    const below = width < STACKED ? 410 : Math.max(410, tall('.facts') + tall('.strip') + 204);
    const taken = header.present ? words : beside ? 290 : below;
    const height = Math.max(240, innerHeight - taken);
    const sizes = NAMES.map((name) => header[name].size);
    layout = layoutOf({ sizes, axes: header.axes, room: [height, across], curtain: onTop });
    root.classList.toggle('curtain', onTop);
    // Words under a narrow picture need their own width, the more so in large type.
    const least = header.present ? 0.45 * width : 320;
    pair.style.width = onTop ? `${Math.max(layout.frame[1], Math.min(least, width))}px` : '';
    ask('view');
  }
  const factorOf = (name) => header[name].factor;
  // What is written in a pixel: of the original its value, of the result what the layer gives.
  function valuesOf(name) {
    const { source, pixels } = panels[name];
    if (factorOf('original') > 1 || factorOf('result') > 1) return null;
    return (row, column) => {
      const at = 4 * (row * source.width + column), dark = isDarkColour(...pixels.subarray(at, at + 3));
      if (name === 'original') return { value: pixels[at + plane], dark };
      const { results } = sumAt(liveWindow([row, column]));
      return { value: results[results.length > 1 ? plane : 0], dark };
    };
  }
  function drawPictures() {
    views = viewsOf(view, layout);
    NAMES.forEach((name) => {
      const { canvas, source } = panels[name];
      paint({
        canvas, source, size: header[name].size, factor: factorOf(name), view: views[name], frame: layout.frame,
        valueAt: valuesOf(name), padded: name === 'original' && view.zoom > 1 ? layout.ends : null,
      });
    });
    pair.classList.toggle('zoomed', view.zoom > 1);
    write(zoomShown, zoomWords(layout.fit * view.zoom));
    if (layout.curtain) curtain.draw();
    else curtain.open();
  }
  // The part of the frame that the original fills, from left to right.
  function extent() {
    const { origin, scale } = views.original;
    const [left, right] = [layout.low[1], layout.high[1]].map((edge) => (edge - origin[1]) * scale[1]);
    return [Math.max(0, left), Math.min(right, layout.frame[1])];
  }
  function placeBox(box, corner, size, name) {
    const { top, left, height, width } = screenBox({ corner, size, view: views[name], least: LEAST_BOX });
    box.style.transform = `translate(${left}px, ${top}px)`;
    box.style.height = `${height}px`;
    box.style.width = `${width}px`;
  }
  const windowBox = (index) => ({
    corner: header.axes.map((axis, at) => windowStart(index[at], axis)),
    size: header.axes.map(({ reach }) => reach),
  });
  // The window on the original and its pixel of the result; under a curtain both on both. `instead` of the window:
  // the drawn pixels whose values are shown.
  function drawBoxes(kind, index, instead) {
    const whole = windowBox(index), window = instead ?? whole;
    NAMES.forEach((name) => {
      const { [`${kind} window`]: outline, [`${kind} cell`]: cell } = panels[name].boxes;
      outline.hidden = name === 'result' && !layout.curtain;
      cell.hidden = name === 'original' && !layout.curtain;
      outline.classList.toggle('drawn', Boolean(instead));
      if (!outline.hidden) placeBox(outline, window.corner, window.size, 'original');
      if (!cell.hidden) placeBox(cell, index, [1, 1], 'result');
    });
    return whole.corner;
  }

  // --- the arithmetic ----------------------------------------------------------------------------------------------
  const liveWindow = (index) => windowAt({
    pixels: panels.original.pixels, planes: header.planes, axes: header.axes, index, padding: header.padding,
  });
  const sumAt = ({ values }) => windowSum({ values, kernel: header.kernel });
  // Where the original is drawn smaller: the pixels that are drawn, round the one at this place.
  function means(at) {
    const factor = factorOf('original'), { source, pixels } = panels.original;
    const axes = header.axes.map((axis, along) => ({
      ...axis, before: Math.floor(axis.reach / 2), stride: 1, size: along ? source.width : source.height,
    }));
    const index = at.map((place, along) => clamp(Math.floor(place / factor), 0, axes[along].size - 1));
    const window = windowAt({ pixels, planes: header.planes, axes, index, padding: header.padding });
    return {
      window,
      corner: axes.map((axis, along) => windowStart(index[along], axis) * factor),
      size: axes.map(({ reach }) => reach * factor),
    };
  }
  function shownAt(index) {
    if (factorOf('result') > 1) return null;
    const { source, pixels } = panels.result, { sumsOver } = header.kernel;
    return pixels[4 * (index[0] * source.width + index[1]) + (sumsOver ? 0 : plane)];
  }
  // What the layer computed at the pinned place: its own window, and whether our sums agree with its values.
  function checked(index) {
    if (String(given.index) !== String(index)) return null;
    const { padded } = liveWindow(index), { kernel } = header, expected = given.values;
    const window = { values: given.window, padded }, sum = sumAt(window);
    const drawn = factorOf('original') > 1 ? sum : sumAt(liveWindow(index));
    const wrong = [sum, drawn].find((one) => !agrees({ sum: one, kernel, expected }));
    const results = (wrong ?? sum).results;
    return { window, sum, differs: differenceWords({ agree: !wrong, results, expected }) };
  }
  const indexOf = (at) => at.map((place, along) => outputIndex(place, header.axes[along]));

  // Under the pointer: the result's pixel and the place in the original; null beside the picture.
  function pointed() {
    if (!pointer) return null;
    const { name, point } = pointer, { origin, scale } = views[name];
    const at = point.map((length, along) => Math.floor(origin[along] + length / scale[along]));
    if (at.some((place, along) => place < 0 || place >= header[name].size[along])) return null;
    if (name === 'original') return { index: indexOf(at), at };
    return { index: at, at: at.map((place, along) => centreOf(place, header.axes[along])) };
  }
  function drawPlace() {
    const live = pointed(), index = live?.index ?? indexOf(pin), factor = factorOf('original');
    const real = live ? null : checked(index), drawn = factor > 1 && !real ? means(live?.at ?? pin) : null;
    const window = real?.window ?? drawn?.window ?? liveWindow(index);
    drawBoxes('pin', indexOf(pin));
    const starts = drawBoxes('here', index, drawn);
    root.classList.toggle('pointing', Boolean(live));
    strip.show({
      where: windowWords({ pinned: !live, starts, axes: header.axes, near: drawn && (live?.at ?? pin) }),
      gives: `→ result row ${index[0]}, column ${index[1]}`,
      note: noteWords({ pinned: !live, touch: matchMedia('(hover: none)').matches }),
      means: drawn ? meansWords({ factor, waiting: !live }) : '',
      window,
      sum: real?.sum ?? (drawn ? null : sumAt(window)),
      shown: shownAt(index),
      plane,
      differs: real?.differs ?? '',
    });
  }
  function drawWords() {
    NAMES.forEach((name) => {
      const { figure, canvas, facts } = panels[name], { title, about, facts: lines } = header[name];
      write(figure.querySelector('figcaption'), title);
      canvas.setAttribute('aria-label', about);
      if (facts.dataset.lines === lines.join('\n')) return;
      facts.dataset.lines = lines.join('\n');
      facts.replaceChildren(...lines.map((line) => htmlNode({ name: 'p', text: line })));
    });
    find('.formulas').replaceChildren(...header.formulas.map(({ label, pieces, result }) => {
      const whole = htmlNode({ name: 'p', className: 'formula' });
      htmlNode({ name: 'span', className: 'label', parent: whole, text: label });
      const line = htmlNode({ name: 'span', className: 'line', parent: whole });
      pieces.forEach(([text, role]) => { htmlNode({ name: 'span', parent: line, text }).dataset.role = role; });
      line.append(' = ');
      htmlNode({ name: 'span', className: 'result', parent: line, text: result });
      return whole;
    }));
    strip.build({ kernel: header.kernel, planes: header.planes, size: header.axes.map(({ taps }) => taps) });
  }

  // --- the pinned place --------------------------------------------------------------------------------------------
  function commit() {
    clearTimeout(timers.commit);
    const key = String(pin);
    if (key === (sent.at(-1) ?? known)) return;
    sent.push(key);
    commits.add('place', [...pin]);
  }
  function speak() {
    const index = indexOf(pin), live = factorOf('original') > 1 ? null : sumAt(liveWindow(index));
    const { results } = checked(index)?.sum ?? live ?? {};
    const result = results ? `, result ${results.map((value) => spokenNumber(value)).join(', ')}` : '';
    write(find('.live'), `Row ${pin[0]}, column ${pin[1]}${result}`);
  }
  function namePin() {
    pair.setAttribute('aria-label', `Pinned at row ${pin[0]}, column ${pin[1]}. Arrow keys move the pin by a pixel `
      + 'of the result, with Shift by 8; plus, minus and 0 change the size.');
  }
  // Pins the place at the middle of a window.
  function pinAt(index) {
    pin = index.map((at, along) => centreOf(clamp(at, 0, header.axes[along].outputs - 1), header.axes[along]));
    namePin();
    later('commit', COMMIT_AFTER, commit);
    later('speak', SPEAK_AFTER, speak);
    ask('place');
  }

  // --- size and pointers -------------------------------------------------------------------------------------------
  const change = (next) => { view = next; ask('view'); };
  // A spot on the screen as one of the original's, which the other picture follows.
  function spotOf(name, point) {
    const own = views[name], { origin, scale } = views.original;
    if (name === 'original' || layout.curtain) return point;
    const at = point.map((length, along) => own.origin[along] + length / own.scale[along]);
    return at.map((place, along) => {
      const axis = header.axes[along], middle = layout.frame[along] / 2;
      const off = place - toResult(origin[along] + middle / scale[along], axis);
      return middle + off * scale[along];
    });
  }
  const zoomBy = (factor, spot) => change(zoomed(view, layout, { factor, spot, finest: factorOf('original') }));
  function revealPin() {
    if (view.zoom > 1) change(revealed(view, layout, windowBox(indexOf(pin))));
  }
  // Buttons and keys zoom about the pin where it is seen, else about the middle.
  function zoomTo(direction) {
    const { origin, scale: [scale] } = views.original, { frame } = layout;
    const { corner, size } = windowBox(indexOf(pin));
    const spot = corner.map((first, along) => (first + size[along] / 2 - origin[along]) * scale);
    const seen = spot.every((length, along) => length >= 0 && length <= frame[along]);
    zoomBy(zoomStep(scale, direction), seen ? spot : frame.map((length) => length / 2));
    if (seen) revealPin();
  }
  const sizes = { fit: () => change(FITTED), in: () => zoomTo(1), out: () => zoomTo(-1) };
  root.querySelectorAll('[data-act]').forEach((button) => {
    listen(button, 'click', () => views && sizes[button.dataset.act]());
  });
  followPointers({
    frames: Object.fromEntries(NAMES.map((name) => [name, panels[name].frame])),
    listen,
    canPan: () => view.zoom > 1,
    act: {
      hover(name, point) { pointer = { name, point }; ask('place'); },
      leave() { pointer = null; ask('place'); },
      tap(name, point) {
        if (!views) return;
        pointer = { name, point };
        const found = pointed();
        pointer = null;
        pair.focus({ preventScroll: true });
        if (found) pinAt(found.index);
      },
      pan(by) { if (views) change(panned(view, layout, by)); },
      zoom(name, point, factor) { if (views) zoomBy(factor, spotOf(name, point)); },
    },
  });
  const plain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;
  listen(pair, 'keydown', (event) => {
    const step = keyStep(event), size = { '+': 'in', '=': 'in', '-': 'out', _: 'out', 0: 'fit' }[event.key];
    if (!views || !plain(event) || !(step || size)) return;
    event.preventDefault();
    event.stopPropagation();
    if (size) return sizes[size]();
    pointer = null;
    pinAt(indexOf(pin).map((at, along) => at + step[along]));
    revealPin();
  });
  listen(pair, 'blur', () => header && commit());

  listen(window, 'resize', place);
  // The presenter's clicker turns to the next kernel; Escape leads back.
  listen(document, 'keydown', (event) => {
    if (!header?.present || !plain(event)) return;
    const next = { PageDown: 1, PageUp: -1 }[event.key];
    if (next) commits.add('turn', next);
    else if (event.key === 'Escape') component.setTriggerValue('leave', true);
    else return;
    event.preventDefault();
  });
  const observer = new ResizeObserver(place);
  observer.observe(root);

  // --- new data ----------------------------------------------------------------------------------------------------
  // Both pictures, the words and the pin change together, once everything that belongs together is here and decoded.
  async function refresh() {
    if (!latest) return;
    const { header: words, bytesOf } = latest;
    const original = board.read(`${words.key} original`), pinNote = board.read(`${words.key} pinned`);
    if (pinNote?.header.layer !== words.layer || original?.header.id !== words.original.id) return;
    const mine = turn += 1;
    const files = { original: original.bytesOf(original.header.png), result: bytesOf(words.result.png) };
    const fresh = NAMES.filter((name) => panels[name].drawn !== words[name].id);
    const wanted = fresh.map((name) => files[name]);
    // The original in colour comes last.
    if (original.header.seen[1] && fresh.includes('original')) wanted.push(original.bytesOf(original.header.seen));
    let bitmaps = [];
    try {
      bitmaps = await Promise.all(wanted.map(decode));
    } catch {
      find('.broken').hidden = false;
      return;
    }
    // Something newer has come while this was decoded.
    if (mine !== turn || ended.signal.aborted) {
      bitmaps.forEach((bitmap) => bitmap.close());
      return;
    }
    fresh.forEach((name, at) => {
      const panel = panels[name], seen = name === 'original' ? bitmaps[fresh.length] : undefined;
      Object.assign(panel, { pixels: keepPixels(panel.source, bitmaps[at], seen), drawn: words[name].id });
    });
    // Another picture is seen whole first; another kernel, or colours in place of grey, is seen at the same place.
    const nameOf = (all) => all && `${all.original.about} ${all.original.size}`;
    if (nameOf(header) !== nameOf(words)) view = FITTED;
    header = words;
    commits.receive(component, pinNote.header.commits);
    const { place: at, index, values, shape: [count, ...size], window } = pinNote.header;
    const bytes = pinNote.bytesOf(window), area = size[0] * size[1];
    given = {
      index, values, window: Array.from({ length: count }, (_, p) => [...bytes.subarray(p * area, (p + 1) * area)]),
    };
    plane = Math.min(plane, words.planes - 1);
    const received = receivePlace({ given: String(at), known, sent });
    // What was pinned here has been computed.
    if (!received.adopt && received.known !== known) later('speak', SPEAK_AFTER, speak);
    ({ known, sent } = received);
    if (received.adopt) {
      clearTimeout(timers.commit);
      pin = at;
    }
    namePin();
    root.classList.toggle('present', words.present);
    drawWords();
    place();
  }
  const board = pageBoard(), leave = board.listen(refresh);
  return {
    update(next) {
      component = next;
      followTheme(root);
      latest = readPayload(next.data);
      refresh();
    },
    destroy() {
      ended.abort();
      commits.destroy();
      leave();
      observer.disconnect();
      cancelAnimationFrame(asked.frame);
      Object.values(timers).forEach(clearTimeout);
    },
  };
}

export default mounting(createLoupe);
