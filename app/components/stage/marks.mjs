// What lights up together: for a term of the formula, for a cell, for a product. Boxes are [row, column, rows, columns].
import { sharesSentence } from './adding.mjs';
import { isRead, pairsOf, spacingOf, spanOf } from './links.mjs';
import { range } from './windows.mjs';
import { inputSentence, weightSentence } from './words.mjs';

const single = ([row, column]) => [row, column, 1, 1];
const middleOf = ([row, column, rows, columns]) => [row + (rows - 1) / 2, column + (columns - 1) / 2];
// The box around all cells of a window; none where it reads nothing.
const boxAround = ({ rows, columns }) => {
  const [down, across] = [spanOf(rows), spanOf(columns)];
  return down && across ? [[down[0], across[0], down[1], across[1]]] : [];
};

// A cell pointed at: what it belongs with, the role of its term in the formula, and the sentence to say.
// `map` is the output channel on show, whose kernel and bias the picture shows.
export function cellMarks({ cell: { kind, panel, row, column }, model, map }) {
  if (kind === 'output' && model.adds) return sharedMarks({ model, map: panel, row, column });
  if (kind === 'output') return { marks: {}, role: 'output' };
  if (kind === 'bias') {
    return {
      marks: { bias: true, output: [[0, 0, ...model.outputSize]], maps: model.mapsOf(model.kernelOf(map)) },
      role: 'bias',
      words: `Bias of output channel ${model.kernelOf(map)}: ${model.biasOf(map)}, added to every sum.`,
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
    maps = model.mapsReading(panel),
    zone = model.zone(row, column, panel),
    own = model.sourceOf(panel) === panel,
    from = zone === 'padding' && own ? model.source(row, column) : null;
  return {
    marks: {
      // A number that was copied into the padding: from where, then all places that hold it.
      ...(from && { arrow: [[from[0] + model.before[0], from[1] + model.before[1]], [row, column]] }),
      input: model.copies(row, column).map(single),
      channels: model.copiesOf(panel),
      output: users.map(single),
      maps,
    },
    role: zone === 'padding' ? 'padding' : model.isUnused(row, column, panel) ? 'floor' : 'input',
    words: inputSentence({ channel: panel, row, column, model, count: users.length * maps.length }),
  };
}

// An output cell to which copies of the kernel are added: their input cells, and the weight of each.
function sharedMarks({ model, map, row, column }) {
  const shares = model.sharesOf(row, column);
  return {
    marks: {
      input: shares.map(([r, c]) => single([r, c])),
      channels: model.channelsOf(map),
      kernel: shares.map(([, , r, c]) => single([r, c])),
      output: [[row, column, 1, 1]],
      maps: [map],
    },
    role: 'output',
    words: sharesSentence({ model, map, row, column }),
  };
}

// A product comes from one cell of the window and one weight.
export function productMarks({ slice, tap, window }) {
  if (window.lands) return copiedMarks({ tap, window });
  const { reads, rows, columns } = window;
  const row = Math.floor(tap / columns.length),
    column = tap % columns.length;
  return {
    input: isRead(rows[row]) && isRead(columns[column]) ? [[rows[row], columns[column], 1, 1]] : [],
    channels: [reads[slice]],
    kernel: [[row, column, 1, 1]],
    slice,
  };
}

// Or from the input number whose copy it is; it goes to one cell of the output.
function copiedMarks({ tap, window: { reads, slice, map, row, column, lands, columns } }) {
  return {
    input: [[row, column, 1, 1]],
    channels: reads,
    kernel: [[Math.floor(tap / columns.length), tap % columns.length, 1, 1]],
    slice,
    output: lands[tap] ? [single(lands[tap])] : [],
    maps: [map],
  };
}

// Which products of the window on show come from a cell of the input, or from a weight: a test of { slice, tap }.
export function productsOf({ cell: { kind, panel, row, column }, model, window }) {
  const { reads, rows, columns, lands } = window;
  if (lands && kind === 'output') return ({ tap }) => !!lands[tap] && lands[tap][0] === row && lands[tap][1] === column;
  if (lands && kind === 'input') return () => reads[0] === panel && window.row === row && window.column === column;
  if (kind === 'kernel') return ({ slice, tap }) => slice === panel && tap === row * model.kernelSize[1] + column;
  if (kind !== 'input') return null;
  const same = model.copies(row, column);
  return ({ slice, tap }) => {
    const at = [rows[Math.floor(tap / columns.length)], columns[tap % columns.length]];
    return reads[slice] === panel && same.some((copy) => copy[0] === at[0] && copy[1] === at[1]);
  };
}

// What lights up for the terms of the formula of a video's frames: whole planes.
function frameMarks({ role, model, window, box }) {
  const planes = range(model.channels),
    whole = [[0, 0, model.height, model.width]],
    output = { output: [[0, 0, ...model.outputSize]] };
  switch (role) {
    case 'input':
      return { input: whole, channels: planes.filter((plane) => !model.isPadding(plane)) };
    case 'padding':
      return { input: whole, channels: planes.filter(model.isPadding) };
    case 'kernel':
      return { kernel: [[0, 0, ...model.kernelSize]], input: box, channels: window.reads };
    case 'floor':
      return { input: whole, channels: planes.filter(model.isLeft) };
    case 'stride':
      // From the frames that the first output frame reads to those of the next.
      return { input: whole, channels: range(Math.min(2, model.maps)).flatMap((map) => model.channelsOf(map).slice(0, 1)) };
    case 'one':
      return { input: whole, channels: model.channelsOf(0), ...output, maps: [0] };
    case 'dilation':
      return { input: box, channels: window.reads };
    case 'output':
      return output;
    default:
      return {};
  }
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
  const spread = () => cellsWhere((r, c) => model.zone(r, c) === 'input');
  const whole = model.spread ? spread() : [[...before, ...size]];
  // What the kernel lies over: the input, or the output where copies are added to it.
  const under = (boxes) => (model.adds ? { output: boxes, maps: [window.map] } : { input: boxes, channels: window.reads });
  if (id === 'frames') return frameMarks({ role, model, window, box });
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
      return { kernel: [[0, 0, ...kernelSize]], ...under(box) };
    case 'window':
      if (model.adds) return { ...under(box), input: [[window.row, window.column, 1, 1]], channels: window.reads };
      return {
        input: box,
        channels: window.reads,
        output: [[window.row, window.column, 1, 1]],
        maps: [window.map],
      };
    case 'stride': {
      // With zeros put in, it is how far apart the input's own cells stand.
      if (model.spread) return { input: whole };
      const [height, width] = model.adds ? size : model.outputSize,
        next = height * width > 1 ? boxAt(down && height > 1 ? 1 : 0, down && height > 1 ? 0 : Math.min(1, width - 1)) : [];
      const boxes = [...boxAt(0, 0), ...next];
      if (model.adds) return { output: boxes };
      return { input: boxes, arrow: boxes.length > 1 ? boxes.map(middleOf) : null };
    }
    case 'dilation':
      return under(gaps());
    case 'one':
      return model.adds
        ? { input: [[0, 0, 1, 1]], output: boxAt(0, 0) }
        : { input: boxAt(0, 0), output: [[0, 0, 1, 1]] };
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
