// What lights up together: for a term of the formula, for a cell, for a product. Boxes are [row, column, rows, columns].
import { isRead, pairsOf, spacingOf, spanOf } from './links.mjs';
import { range } from './windows.mjs';
import { inputSentence, weightSentence } from './words.mjs';

const single = ([row, column]) => [row, column, 1, 1];
// The box around all cells of a window; none where it reads nothing.
const boxAround = ({ rows, columns }) => {
  const [down, across] = [spanOf(rows), spanOf(columns)];
  return down && across ? [[down[0], across[0], down[1], across[1]]] : [];
};

// A cell pointed at: what it belongs with, the role of its term in the formula, and the sentence to say.
// `map` is the output channel on show, whose kernel and bias the picture shows.
export function cellMarks({ cell: { kind, panel, row, column }, model, map }) {
  if (kind === 'output') return { marks: {}, role: 'output' };
  if (kind === 'bias') {
    return {
      marks: { bias: true, output: [[0, 0, ...model.outputSize]], maps: [map] },
      role: 'bias',
      words: `Bias of output channel ${map}: ${model.bias[map]}, added to every sum.`,
    };
  }
  if (kind === 'kernel') {
    const input = model.touched(row, column).map(single),
      channels = [model.channelsOf(map)[panel]];
    return {
      marks: { kernel: [[row, column, 1, 1]], slice: panel, input, channels },
      role: 'kernel',
      words: weightSentence({ map, slice: panel, row, column, model }),
    };
  }
  const users = model.users(row, column),
    maps = model.mapsReading(panel);
  return {
    marks: {
      input: model.copies(row, column).map(single),
      channels: [panel],
      output: users.map(single),
      maps,
    },
    role: model.zone(row, column) === 'padding' ? 'padding' : model.isUnused(row, column) ? 'floor' : 'input',
    words: inputSentence({ channel: panel, row, column, model, count: users.length * maps.length }),
  };
}

// A product comes from one cell of the window and one weight.
export function productMarks({ slice, tap, window: { reads, rows, columns } }) {
  const row = Math.floor(tap / columns.length),
    column = tap % columns.length;
  return {
    input: isRead(rows[row]) && isRead(columns[column]) ? [[rows[row], columns[column], 1, 1]] : [],
    channels: [reads[slice]],
    kernel: [[row, column, 1, 1]],
    slice,
  };
}

// Which products of the window on show come from a cell of the input, or from a weight: a test of { slice, tap }.
export function productsOf({ cell: { kind, panel, row, column }, model, window: { reads, rows, columns } }) {
  if (kind === 'kernel') return ({ slice, tap }) => slice === panel && tap === row * model.kernelSize[1] + column;
  if (kind !== 'input') return null;
  const same = model.copies(row, column);
  return ({ slice, tap }) => {
    const at = [rows[Math.floor(tap / columns.length)], columns[tap % columns.length]];
    return reads[slice] === panel && same.some((copy) => copy[0] === at[0] && copy[1] === at[1]);
  };
}

// What lights up in the picture for each role of a formula term.
export function roleMarks({ role, model, id, step }) {
  const { size, before, padded, kernelSize } = model;
  const cellsWhere = (test) =>
    pairsOf(range(model.height), range(model.width))
      .filter((at) => test(...at))
      .map(single);
  const down = model.rows > 1 && (id === 'height' || model.columns === 1);
  const window = model.window(step),
    box = boxAround(window);
  const boxAt = (row, column) => boxAround(model.window(model.stepAt(0, row, column)));
  const gaps = () =>
    Math.max(spacingOf(window.rows), spacingOf(window.columns)) > 1
      ? [...box, ...pairsOf(window.rows.filter(isRead), window.columns.filter(isRead)).map(single)]
      : box;
  const whole = [[...before, ...size]];
  switch (role) {
    case 'input':
      return { input: whole };
    case 'channels':
      return model.maps > 1 && id !== 'height'
        ? { input: [[0, 0, ...padded]], output: [[0, 0, ...model.outputSize]] }
        : { input: [[0, 0, ...padded]] };
    case 'padding':
      return { input: cellsWhere((r, c) => model.zone(r, c) === 'padding') };
    case 'kernel':
      return {
        kernel: [[0, 0, ...kernelSize]],
        input: box,
        channels: window.reads,
      };
    case 'window':
      return {
        input: box,
        channels: window.reads,
        output: [[window.row, window.column, 1, 1]],
        maps: [window.map],
      };
    case 'stride':
      return {
        input: [
          ...boxAt(0, 0),
          ...(model.rows * model.columns > 1 ? boxAt(down ? 1 : 0, down ? 0 : 1) : []),
        ],
        arrow: true,
      };
    case 'dilation':
      return { input: gaps(), channels: window.reads };
    case 'one':
      return { input: boxAt(0, 0), output: [[0, 0, 1, 1]] };
    case 'floor':
      return { input: cellsWhere(model.isUnused) };
    case 'groups':
      return {
        input: whole,
        channels: window.reads,
        output: [[0, 0, ...model.outputSize]],
        maps: range(model.maps).filter((map) => model.channelsOf(map)[0] === window.reads[0]),
      };
    case 'bias':
      return { bias: true };
    case 'output':
      return { output: [[0, 0, ...model.outputSize]] };
    default:
      return {};
  }
}
