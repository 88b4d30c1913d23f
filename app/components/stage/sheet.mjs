// The kernel as a translucent sheet over the window: it lifts off the kernel for the first step, and glides from window
// to window. Each of its taps carries its weight, small, beside the number below it.
import { write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';
import { draw } from './panel.mjs';
import { between, smooth } from './easing.mjs';
import { isRead, pairsOf, spanOf } from './links.mjs';
import { range } from './windows.mjs';

// Below this size a cell has no room for a weight beside its number.
const WRITTEN = 36,
  LIFT = 5;

// Where each tap lies for one slice of the kernel, in cells of a panel: [row, column], null where it reads nothing.
export const tapsOver = ({ rows, columns }) =>
  pairsOf(rows, columns).map((at) => (at.every(isRead) ? at : null));
// The size of the type in which the weights are written, or 0.
export function weightFont({ cell, length }) {
  if (cell < WRITTEN) return 0;
  const font = Math.min(cell * 0.22, 24, (cell * 0.62) / (length * 0.56));
  return font < 8.5 ? 0 : font;
}

export function createSheet({ svg, picture }) {
  const root = draw('g', 'sheets', null, { 'aria-hidden': true });
  let model = null,
    sheets = [],
    written = '',
    stood = '';

  function build(next) {
    model = next;
    written = '';
    root.replaceChildren();
    sheets = range(model.per).map(() => {
      const group = draw('g', model.conv ? 'sheet' : 'sheet pane', root);
      const taps = range(model.taps).map(() => {
        const tap = draw('g', 'leaf', group);
        return { tap, rect: draw('rect', '', tap), text: model.conv ? draw('text', '', tap) : null };
      });
      return { group, taps };
    });
    svg.append(root);
  }

  // Over the input each tap says what its number is multiplied by; over the output, what is added there.
  const textsOf = ({ slice, products, weights }) => {
    if (!model.adds) return (weights ?? []).map((each) => each.map((weight) => formatNumber(weight, 2)));
    const added = products.map((product) => `${product < 0 ? '' : '+'}${formatNumber(product, 2)}`);
    return sheets.map((_, at) => (at === slice ? added : added.map(() => '')));
  };
  function writeWeights(window, size) {
    const texts = textsOf(window),
      sign = model.adds ? '' : '×';
    const key = `${size} ${texts.join()}`;
    if (written === key) return;
    written = key;
    const length = Math.max(1, ...texts.flat().map((text) => text.replace('≈', '').length + 1));
    const font = weightFont({ cell: size, length });
    sheets.forEach(({ taps }, slice) =>
      taps.forEach(({ rect, text }, tap) => {
        rect.setAttribute('width', size);
        rect.setAttribute('height', size);
        if (!text) return;
        const plain = texts[slice][tap].replace('≈', '');
        text.classList.toggle('rounded', !!font && plain !== texts[slice][tap]);
        write(text, font && plain ? `${sign}${plain}` : '');
        text.setAttribute('x', (size * 0.94).toFixed(1));
        text.setAttribute('y', (size * 0.84).toFixed(1));
        text.style.fontSize = `${font.toFixed(1)}px`;
      }),
    );
  }

  // The top left corner of a tap over the window, and at its place in the kernel itself.
  const over = (panel, at) => at && { x: panel.x + at[1] * panel.size, y: panel.y + at[0] * panel.size, size: panel.size };
  const inKernel = (panel, tap) =>
    panel && {
      x: panel.x + (tap % panel.columns) * panel.size,
      y: panel.y + Math.floor(tap / panel.columns) * panel.size,
      size: panel.size,
    };

  // `from` is the window that the sheet comes from; without one it lifts off the kernel.
  function show({ window, pose, from }) {
    const t = pose ? smooth(pose.glide) : 1,
      same = from && from.map === window.map,
      taps = tapsOver(window),
      before = same ? tapsOver(from) : null;
    // It lies over the input; where a layer adds into its output, over that.
    const liesOn = (slice) =>
      picture.panelOf(model.adds ? { kind: 'output', panel: window.map } : { kind: 'input', panel: window.reads[slice] });
    const { size } = liesOn(0);
    writeWeights(window, size);
    // From step to step it glides, but not after the panels themselves have moved.
    const place = sheets.map((_, slice) => liesOn(slice)).map(({ x, y, size: cell }) => `${x} ${y} ${cell}`).join();
    root.classList.toggle('moving', !!pose || place !== stood);
    stood = place;
    sheets.forEach((sheet, slice) => {
      const panel = liesOn(slice),
        shown = !model.adds || slice === window.slice,
        kernel = model.conv ? picture.panelOf({ kind: 'kernel', panel: slice }) : null;
      sheet.taps.forEach(({ tap }, index) => {
        const to = shown && over(panel, taps[index]);
        tap.style.display = to ? '' : 'none';
        if (!to) return;
        // Its weight is written in an ink that can be read on the cell below.
        tap.dataset.ink = panel.cells[taps[index][0] * panel.columns + taps[index][1]]?.ink ?? '';
        const start = t === 1 ? to : ((before ? over(panel, before[index]) : inKernel(kernel, index)) ?? to);
        const x = between(start.x, to.x, t),
          y = between(start.y, to.y, t) - (t < 1 ? LIFT * Math.sin(Math.PI * t) : 0),
          scale = between(start.size, to.size, t) / to.size;
        tap.style.transform = `translate(${x.toFixed(2)}px,${y.toFixed(2)}px) scale(${scale.toFixed(4)})`;
      });
      // Without a kernel to lift off, it fades in over its first window.
      sheet.group.style.opacity = kernel || same ? 1 : t;
    });
    if (pose && !model.adds) glideFrames({ window, from: same ? from : null, t });
  }

  // The window's outlines go with the sheet.
  function glideFrames({ window, from, t }) {
    const [down, across] = [spanOf(window.rows), spanOf(window.columns)];
    if (!down || !across) return;
    const start = from ? [spanOf(from.rows), spanOf(from.columns)] : [down, across];
    const move = ({ frame, size }, row, column) => {
      frame.style.transitionDuration = '0s';
      frame.style.transform = `translate(${(column * size).toFixed(2)}px,${(row * size).toFixed(2)}px)`;
    };
    for (const channel of window.reads)
      move(
        picture.panelOf({ kind: 'input', panel: channel }),
        between((start[0] ?? down)[0], down[0], t),
        between((start[1] ?? across)[0], across[0], t),
      );
    for (const layer of range(model.layers.length))
      move(
        picture.panelOf({ kind: 'output', panel: layer * model.maps + window.map }),
        between(from ? from.row : window.row, window.row, t),
        between(from ? from.column : window.column, window.column, t),
      );
  }

  return { root, build, show };
}
