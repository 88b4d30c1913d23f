// Which cells a window reads, which windows read a cell, and what they add up to.

export const range = (count, from = 0) => Array.from({ length: count }, (_, index) => from + index);
const total = (values) => values.reduce((sum, value) => sum + value, 0);

// Rows and columns of the padded input that the window of one output cell taps.
export function windowCells({ row, column, stride, dilation, kernelSize }) {
  return {
    rows: range(kernelSize[0]).map((tap) => row * stride[0] + tap * dilation[0]),
    columns: range(kernelSize[1]).map((tap) => column * stride[1] + tap * dilation[1]),
  };
}

// Along one axis: every window whose taps land on `position`. Exact for any stride and dilation.
function windowsOn({ position, stride, dilation, taps, windows }) {
  const starts = range(taps).map((tap) => position - tap * dilation);
  return starts
    .filter((start) => start >= 0 && start % stride === 0 && start / stride < windows)
    .map((start) => start / stride);
}

// Output cells [row, column] that use one cell of the padded input.
export function outputsUsing({ row, column, stride, dilation, kernelSize, outputSize }) {
  const along = (axis, position) =>
    windowsOn({
      position,
      stride: stride[axis],
      dilation: dilation[axis],
      taps: kernelSize[axis],
      windows: outputSize[axis],
    });
  const columns = along(1, column);
  return along(0, row)
    .flatMap((r) => columns.map((c) => [r, c]))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

// Cells [row, column] of the padded input that the weight at one tap ever multiplies.
export function inputsTouched({ row, column, stride, dilation, outputSize }) {
  return range(outputSize[0]).flatMap((r) =>
    range(outputSize[1]).map((c) => [
      r * stride[0] + row * dilation[0],
      c * stride[1] + column * dilation[1],
    ]),
  );
}

// Along one axis: the input index that a padded position shows, or null where padding is a constant.
export function sourceIndex({ position, size, before, mode }) {
  const index = position - before;
  if (index >= 0 && index < size) return index;
  if (mode === 'replicate') return Math.min(Math.max(index, 0), size - 1);
  if (mode === 'circular') return ((index % size) + size) % size;
  if (mode === 'reflect') return index < 0 ? -index : 2 * (size - 1) - index;
  return null;
}

// Every padded position that shows the same input cell: itself, and its mirror images in the padding.
export function copiesOf({ row, column, pad, size, paddedSize, mode }) {
  const along = (axis, position) => {
    const of = (at) => sourceIndex({ position: at, size: size[axis], before: pad[axis * 2], mode });
    return of(position) === null ? null : range(paddedSize[axis]).filter((at) => of(at) === of(position));
  };
  const rows = along(0, row),
    columns = along(1, column);
  // Constant padding on either axis: the cell shows no input cell at all.
  return rows && columns ? rows.flatMap((r) => columns.map((c) => [r, c])) : [[row, column]];
}

const equalTo = (values, best) => range(values.length).filter((at) => values[at] === best);
// The two in the middle, or twice the one.
const middle = (values) => {
  const order = range(values.length)
    .filter((at) => values[at] !== null)
    .sort((a, b) => values[a] - values[b]);
  return [order[(order.length - 1) >> 1], order[order.length >> 1]];
};
// Which of equal numbers stands in the middle is nobody's choice: all of them are marked.
const alikeInTheMiddle = (values) => {
  const chosen = middle(values).map((at) => values[at]);
  return range(values.length).filter((at) => chosen.includes(values[at]));
};
const mean = (values) => total(values) / values.length;

// What a layer does with the numbers under its window. `absent` is how an empty cell (null) is shown,
// `places` are the cells that decide the result, marked with `sign`.
export const KINDS = {
  conv: { word: 'sum', absent: '' },
  max: {
    word: 'max',
    name: 'Max',
    sign: '▲',
    absent: '−∞',
    pool: (present) => Math.max(...present),
    places: equalTo,
  },
  min: {
    word: 'min',
    name: 'Min',
    sign: '▼',
    absent: '+∞',
    pool: (present) => Math.min(...present),
    places: equalTo,
  },
  median: {
    word: 'median',
    name: 'Median',
    sign: '◆',
    absent: '',
    pool: (present) => mean(middle(present).map((at) => present[at])),
    places: alikeInTheMiddle,
  },
  avg: {
    word: 'mean',
    name: 'Average',
    sign: '',
    absent: '',
    pool: (present, { divisor }) => total(present) / divisor,
  },
  lp: {
    word: 'norm',
    name: 'Lp',
    sign: '',
    absent: '',
    term: (x, { norm }) => Math.abs(x) ** norm,
    pool: (present, { norm }) => total(present) ** (1 / norm),
  },
};

// The one piece of arithmetic done here: the products of the window shown, their sum per channel, and the result.
// `cells` and `weights` hold one flat list per channel; a null cell is absent.
export function windowSum({ kind, cells, weights = null, bias = 0, divisor = 1, norm = 2 }) {
  const rule = KINDS[kind];
  const products = cells.map((channel, c) =>
    channel.map((x, i) => {
      if (x === null) return null;
      return weights ? x * weights[c][i] : rule.term ? rule.term(x, { norm }) : x;
    }),
  );
  const present = products.map((channel) => channel.filter((value) => value !== null));
  const sums = present.map(total);
  if (kind === 'conv') return { products, sums, result: total(sums) + bias, winners: [] };
  const result = present[0].length ? rule.pool(present[0], { divisor, norm }) : null;
  const places = result === null ? [] : (rule.places?.(products[0], result) ?? []);
  const winners = products[0].map((_, at) => places.includes(at));
  return { products, sums, result, winners };
}

// Float sums may differ in the last places with the order of adding: compare on the scale of the products.
export function agrees({ sum, expected }) {
  if (sum.result === null || expected === null) return sum.result === expected;
  const scale = sum.products
    .flat()
    .reduce((most, value) => Math.max(most, Math.abs(value ?? 0)), Math.max(1, Math.abs(expected)));
  return Math.abs(sum.result - expected) <= 1e-5 * scale;
}
