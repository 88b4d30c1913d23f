// One moment of the picture: the window, which outputs are done, what is still hidden, and the product being formed.
import { write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';
import { showCopy } from './copies.mjs';
import { barRoom, drawBars } from './bars.mjs';
import { paintKernel } from './painting.mjs';
import { draw, frameWindow, markNegative, writeSpot } from './panel.mjs';

// The width of a figure beside a cell, in pixels.
const TAG_FIGURE = 8;

// `results.of` says of a step whether its cell is 'shown', 'empty' or 'secret', which is still to be predicted; with the
// same key it says the same. Only what differs from the moment before is touched.
export function showMoment(drawn, { window, phase, results }) {
  const { model, shown } = drawn;
  if (model.adds) {
    showCopy(drawn, { window, phase });
    return;
  }
  if (shown.map !== window.map) paintKernel(drawn, window.map);
  if (shown.step !== window.step) showWindow(drawn, window);
  if (shown.results !== results.key) showResults(drawn, results.of);
  // While a step is being played its output cell stays empty until the result drops in.
  const hidden = phase && !phase.result && !phase.secret ? window.step : -1;
  if (shown.hidden !== hidden) {
    if (shown.hidden >= 0) toggle(drawn, shown.hidden, 'waiting', false);
    if (hidden >= 0) toggle(drawn, hidden, 'waiting', true);
  }
  tagOutput(drawn, window, hidden === window.step, results.of(window.step));
  const product = phase?.products && !phase.secret && phase.sums < model.per ? phase.products - 1 : -1;
  if (shown.product !== product) showProduct(drawn, product, window);
  const won = !phase || phase.choice > 0 ? window.step : -1;
  if (shown.won !== won) showWinners(drawn, window, won >= 0);
  Object.assign(shown, { map: window.map, step: window.step, hidden, product, won, results: results.key });
}

// The cells of one step, one in each layer's output.
function outputCells({ model, panels }, step) {
  const size = model.rows * model.columns;
  return model.layers.map(
    (_, layer) => panels.output[layer * model.maps + Math.floor(step / size)].cells[step % size],
  );
}
const toggle = (drawn, step, name, on) =>
  outputCells(drawn, step).forEach(({ rect }) => rect.classList.toggle(name, on));

// It glides from step to step, but not after the panels themselves have moved.
function showWindow({ model, panels, shown }, { reads, rows, columns, map, row, column }) {
  const glide = shown.step !== undefined;
  panels.input.forEach((panel, channel) =>
    frameWindow({ panel, visible: reads.includes(channel), rows, columns, glide }),
  );
  panels.output.forEach((panel, index) =>
    frameWindow({ panel, visible: index % model.maps === map, rows: [row], columns: [column], glide }),
  );
}

function showResults({ model, panels }, resultOf) {
  panels.output.forEach((panel, index) => {
    const { values, rule } = model.layers[Math.floor(index / model.maps)];
    let changed = false;
    panel.cells.forEach((spot) => {
      const step = model.stepAt(index, spot.row, spot.column),
        result = resultOf(step);
      if (spot.result === result) return;
      spot.result = result;
      changed = true;
      spot.rect.classList.toggle('later', result === 'empty');
      spot.rect.classList.toggle('secret', result === 'secret');
      writeSpot(panel, spot, resultText(panel, result, values[step], rule));
    });
    if (changed) markNegative(panel, (spot) => spot.result === 'shown' && spot.negative);
    const all = values.slice(model.stepAt(index, 0, 0), model.stepAt(index, 0, 0) + model.columns);
    if (changed && model.line)
      drawBars({ panel, values: all.map((value, at) => (panel.cells[at].result === 'shown' ? value : null)), all, room: barRoom(model) });
  });
}
function resultText({ fit }, result, value, { absent }) {
  if (!fit || result === 'empty') return '';
  if (result === 'secret') return '?';
  return value === null ? absent || '·' : formatNumber(value, fit.digits);
}

// A number beside a cell reaches over the edge of its panel no more than it must.
export function tagPlace({ middle, room, text }) {
  const half = (text.length * TAG_FIGURE) / 2;
  return room > 2 * half ? Math.min(Math.max(middle, half), room - half) : room / 2;
}
// Cells too small for numbers: the one on show has its number beside it.
function tagOutput({ model, panels }, { map, row, column, sums }, waiting, result) {
  panels.output.forEach(({ tag, fit, size, columns }, index) => {
    const layer = Math.floor(index / model.maps),
      value = sums[layer].result;
    const wanted = index % model.maps === map && !fit && !waiting;
    const text = value === null ? model.layers[layer].rule.absent : formatNumber(value);
    write(tag, wanted ? (result === 'secret' ? '?' : text) : '');
    if (!wanted) return;
    tag.setAttribute('x', tagPlace({ middle: (column + 0.5) * size, room: columns * size, text }));
    tag.setAttribute('y', row * size + (row ? -8 : size + 16));
  });
}

function showProduct({ model, panels }, product, { reads, rows, columns }) {
  const slice = Math.floor(product / model.taps);
  const row = Math.floor((product % model.taps) / model.kernelSize[1]);
  const column = product % model.kernelSize[1];
  const ring = ({ now, size }, on, r, c) => {
    now.style.display = on && product >= 0 ? 'inline' : 'none';
    now.setAttribute('transform', `translate(${(c ?? 0) * size} ${(r ?? 0) * size})`);
  };
  const [inputRow, inputColumn] = [rows[row] ?? null, columns[column] ?? null];
  const read = inputRow !== null && inputColumn !== null;
  panels.input.forEach((panel, channel) =>
    ring(panel, read && channel === reads[slice], inputRow, inputColumn),
  );
  panels.kernel.forEach((panel, index) => ring(panel, index === slice, row, column));
}

// The cells that decide a pooling, ringed and signed where they stand in the input.
const CORNERS = { '▲': [0.84, 0.2], '▼': [0.84, 0.84], '◆': [0.16, 0.2] };
function showWinners({ model, panels, extras }, { reads, rows, columns, sums }, known) {
  const winning = sums.flatMap(({ winners }, index) =>
    winners.flatMap((wins, tap) =>
      wins && known
        ? [[model.layers[index].rule.sign, rows[Math.floor(tap / columns.length)], columns[tap % columns.length]]]
        : [],
    ),
  );
  extras.wins.forEach(({ ring, wins }, channel) => {
    const { size } = panels.input[channel],
      marks = channel === reads[0] ? winning : [];
    const inset = Math.max(2, size * 0.07),
      side = size - 2 * inset;
    const box = ([, row, column]) =>
      `M${column * size + inset} ${row * size + inset}h${side}v${side}h${-side}z`;
    ring.setAttribute('d', [...new Set(marks.map(box))].join(''));
    const signs = size < 20 ? [] : marks;
    while (wins.children.length <= signs.length) draw('text', 'win', wins);
    wins.querySelectorAll('.win').forEach((node, at) => {
      const [sign = '', row = 0, column = 0] = signs[at] ?? [];
      const [x, y] = CORNERS[sign] ?? [0, 0];
      write(node, sign);
      node.setAttribute('x', (column + x) * size);
      node.setAttribute('y', (row + y) * size);
      node.setAttribute('font-size', Math.max(8, size * 0.27));
    });
  });
}
