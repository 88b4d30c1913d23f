// A transposed convolution as it is defined: each step takes one input number, and its copy of the kernel is added to
// the output. Where each copy lands is Python's table (`landings`); only these products are worked out here.
import { formatNumber } from '../shared/numbers.mjs';
import { placeName } from '../shared/places.mjs';
import { isRead, pairsOf } from './links.mjs';
import { range } from './windows.mjs';

// What is other than in a layer whose steps are output cells. `rows` and `columns` of such a window are those of the
// output, which the kernel lies over; its own cell is one of the input.
export function addingModel(model, [rowLandings, columnLandings]) {
  const [height, width] = model.size,
    ofMap = model.per * height * width;
  const place = (step) => {
    const within = step % ofMap;
    return {
      map: Math.floor(step / ofMap),
      slice: Math.floor(within / (height * width)),
      row: Math.floor(within / width) % height,
      column: within % width,
    };
  };
  const window = (step) => {
    const at = place(step),
      channel = model.channelsOf(at.map)[at.slice],
      value = model.x(channel, at.row, at.column);
    const weights = pairsOf(...model.kernelSize.map((count) => range(count))).map((tap) => model.w(at.map, at.slice, ...tap));
    const [rows, columns] = [rowLandings[at.row], columnLandings[at.column]];
    return {
      ...at,
      step,
      rows,
      columns,
      reads: [channel],
      value,
      // The output cell of each product, null where it is cropped.
      lands: pairsOf(rows, columns).map((place) => (place.every(isRead) ? place : null)),
      weights,
      products: weights.map((weight) => value * weight),
      sums: [],
    };
  };

  // The numbers of one output map, row by row, when the copies before `step` have been added; null where none has come.
  // With `landed`, also those products of this step of which it holds.
  let kept = { step: -1, values: null };
  const empty = (map) => Array(model.rows * model.columns).fill(model.bias ? model.bias[map] : null);
  const add = (values, { lands, products }, landed = () => true) =>
    lands.forEach((at, tap) => {
      if (!at || !landed(tap)) return;
      const index = at[0] * model.columns + at[1];
      values[index] = (values[index] ?? 0) + products[tap];
    });
  function before(step) {
    const { map } = place(step),
      first = map * ofMap;
    if (kept.step < first || kept.step > step) kept = { step: first, values: empty(map) };
    for (let each = kept.step; each < step; each += 1) add(kept.values, window(each));
    kept.step = step;
    return kept.values;
  }
  function running(step, landed) {
    const values = [...before(step)];
    add(values, window(step), landed);
    return values;
  }
  // What a map shows at a step: those before it are whole, those after it have not begun.
  function shownOf(map, step, landed) {
    const now = place(step).map;
    if (map === now) return running(step, landed);
    return map < now ? running((map + 1) * ofMap - 1) : empty(map);
  }
  return {
    adds: true,
    steps: model.maps * ofMap,
    stepColumns: width,
    place,
    window,
    heldBefore: before,
    shownOf,
    stepAt: (map, row, column) => (map * model.per * height + row) * width + column,
    // The input cells whose copies reach an output cell: [row, column, row of the kernel, column of it].
    sharesOf(row, column) {
      const [down, across] = [model.links[0].window(row), model.links[1].window(column)];
      return pairsOf(range(down.length), range(across.length))
        .filter(([r, c]) => isRead(down[r]) && isRead(across[c]))
        .map(([r, c]) => [down[r], across[c], r, c]);
    },
  };
}

const counted = (many, word, plural = `${word}s`) => `${many} ${many === 1 ? word : plural}`;
const fromTo = (cells) => {
  const read = cells.filter(isRead),
    [first, last] = [Math.min(...read), Math.max(...read)];
  return first === last ? `${first}` : `${first}–${last}`;
};

// One step in words.
export function copySentence({ window, model }) {
  const { row, column, rows, columns, value, lands, step, map, reads } = window;
  const where = `Input ${model.channels > 1 ? `channel ${reads[0]}, ` : ''}${model.line ? `cell ${column}` : placeName(row, column)}: ${formatNumber(value, 6)} times the kernel`;
  const there = lands.filter(Boolean);
  if (!there.length) return `${where}; all of it is cropped.`;
  const before = model.heldBefore(step);
  const overlaps = there.filter(([r, c]) => before[r * model.columns + c] !== null && !model.bias).length;
  const cropped = lands.length - there.length;
  return (
    `${where} is added at output ${model.maps > 1 ? `channel ${map}, ` : ''}${model.line ? 'cells' : `rows ${fromTo(rows)}, columns`} ${fromTo(columns)}` +
    `${overlaps ? `; ${counted(overlaps, 'cell')} held a number already, so they add up` : ''}` +
    `${cropped ? `; ${counted(cropped, 'product')} ${cropped === 1 ? 'is' : 'are'} cropped` : ''}.`
  );
}

// What comes together in an output cell, as a sum.
export function sharesSentence({ row, column, map, model }) {
  const shares = model.sharesOf(row, column),
    channels = model.channelsOf(map);
  const place = `Output ${model.maps > 1 ? `channel ${map}, ` : ''}${model.line ? `cell ${column}` : placeName(row, column)}`;
  if (!shares.length) return `${place}: no copy reaches it.`;
  const terms = channels.flatMap((channel, slice) =>
    shares.map(([r, c, i, j]) => `${formatNumber(model.x(channel, r, c))} × ${formatNumber(model.w(map, slice, i, j))}`),
  );
  const result = model.layers[0].values[model.outputAt(map, row, column)];
  const sum = terms.length > 6 ? '' : `: ${terms.join(' + ')}${model.bias ? ` + ${formatNumber(model.bias[map])}` : ''}`;
  return `${place}: ${counted(shares.length, 'copy', 'copies')} of the kernel ${shares.length === 1 ? 'reaches' : 'reach'} it${sum} = ${formatNumber(result, 6)}.`;
}
