// The grids: input, kernel, matrix and output, with their numbers, shades and what lights up.
import { write } from '../shared/nodes.mjs';
import { svgNode } from '../stage/drawing.mjs';
import { putCursor } from '../stage/lighting.mjs';
import { fitNumbers } from '../stage/numbers.mjs';
import { fillPanel, makePanel, markNegative, outline, placePanel, writtenNumber } from '../stage/panel.mjs';
import { addPatterns } from '../stage/patterns.mjs';
import { rangeTint, signedTint } from '../stage/tints.mjs';
import { range } from '../stage/windows.mjs';
import { arrangeGrids } from './arranging.mjs';
import { entryAt, tapsAt } from './belonging.mjs';
import { insertedNumbers, outputAt } from './ways.mjs';

const divisor = (one, other) => (other ? divisor(other, one % other) : one);
// A hue for each weight: as many as there are, evenly apart, and neighbours far from each other. Pure.
export function hueOf(tap, taps) {
  let step = Math.ceil(taps * 0.382);
  while (divisor(step, taps) > 1) step += 1;
  return Math.round((((tap * step) % taps) * 360) / taps);
}
// Many weights differ in their light as well.
const lightOf = (tap, taps) => (taps > 12 && tap % 2 ? -0.08 : 0);
export function weightColour(tap, taps) {
  const [hue, light] = [hueOf(tap, taps), lightOf(tap, taps)];
  return `light-dark(oklch(${0.88 + light} 0.09 ${hue}), oklch(${0.45 + light} 0.09 ${hue}))`;
}
export const wireColour = (tap, taps) => `light-dark(oklch(0.55 0.15 ${hueOf(tap, taps)}), oklch(0.78 0.12 ${hueOf(tap, taps)}))`;

const TITLES = {
  use: { input: 'Input: used by how many windows', output: 'Output' },
  matrix: { input: 'Input x', kernel: 'Kernel', output: 'Output y' },
  ways: { input: 'Input', kernel: '× kernel', inserted: 'Zeros put in', turned: '∗ turned by 180°', output: 'Output, either way' },
  turned: { input: 'Input', kernel: 'As written', output: 'Cross-correlation', turned: 'Flipped by 180°', convolved: 'True convolution' },
};
const titleOf = (data, kind) => {
  if (kind === 'matrix') return matrixTitle({ transpose: data.transpose, shape: data.matrix.shape });
  return data.landed && kind === 'output' ? 'Output: how many products land here' : TITLES[data.picture][kind];
};
const matrixTitle = ({ transpose, shape }) =>
  `${transpose ? 'The matrix transposed, Cᵀ' : 'The matrix C'}: ${shape[0]} × ${shape[1]}`;

// How strongly a count tints its cell; one that no window reads has none.
export function countTint(values) {
  const most = Math.max(1, ...values);
  return (value) => ({ opacity: value === null ? 1 : value ? 0.08 + (0.5 * value) / most : 0 });
}

const shapesOf = (graph, { picture, matrix, kernel, turned }) => ({
  input: picture === 'ways' ? graph.input : graph.padded,
  ...(kernel ? { kernel: graph.taps } : {}),
  output: graph.output,
  ...(picture === 'ways' ? { inserted: graph.padded } : {}),
  ...(turned ? { turned: graph.taps } : {}),
  ...(picture === 'turned' ? { convolved: graph.output } : {}),
  ...(matrix ? { matrix: matrix.shape } : {}),
});

export function createGrids(svg) {
  let panels = [],
    titles = [],
    data = null,
    graph = null,
    step = 0;

  const isBoth = () => data.picture === 'ways';
  // The grid that is drawn with what lies around the input.
  const isPadded = (kind) => kind === (isBoth() ? 'inserted' : 'input');
  function build(next, nextGraph) {
    [data, graph] = [next, nextGraph];
    svg.replaceChildren();
    addPatterns(svg);
    const zones = (row, column) => {
      const zone = graph.zone([row, column]);
      if (zone !== 'over' && graph.isUnused([row, column])) return 'unused';
      return zone === 'input' ? '' : zone;
    };
    panels = Object.entries(shapesOf(graph, data)).map(([kind, [rows, columns]]) => {
      return makePanel({ parent: svg, kind, index: 0, rows, columns, name: titleOf(data, kind), classOf: isPadded(kind) ? zones : undefined });
    });
    titles = panels.map(({ kind }) => {
      const node = svgNode({ name: 'text', className: `title ${kind}`, parent: svg, 'aria-hidden': true });
      write(node, titleOf(data, kind));
      return node;
    });
  }
  const shaped = () => ({ transpose: data.transpose, shape: data.matrix?.shape });
  const find = (kind) => panels.find((panel) => panel.kind === kind);

  // The numbers of the input in the order of the padded grid.
  const padded = (values) =>
    range(graph.padded[0] * graph.padded[1]).map((index) => {
      const at = [Math.floor(index / graph.padded[1]), index % graph.padded[1]];
      return graph.zone(at) === 'input' ? values[graph.source(at)] : null;
    });
  function valuesOf(kind, input) {
    if (isBoth() && (kind === 'inserted' || kind === 'output')) {
      const now = { graph, order: data.order, step, input: data.input.values };
      return kind === 'inserted' ? insertedNumbers(now) : outputAt({ ...now, turned: data.turned.values, output: data.output.values });
    }
    return isPadded(kind) ? padded(input) : data[kind].values;
  }
  // Each weight's own colour, in the kernel and wherever it stands in the matrix.
  function weightShade(kind) {
    const colour = (tap) => ({ opacity: 1, colour: weightColour(tap, graph.taps[0] * graph.taps[1]) });
    if (kind === 'kernel') return (_, { row, column }) => colour(graph.tapAt([row, column]));
    if (kind === 'turned') return (_, { row, column }) => colour(graph.tapAt(graph.turnedPlace([row, column])));
    return (_, { row, column }) => {
      const [tap] = tapsAt(graph, entryAt(shaped(), row, column));
      return tap === undefined ? { opacity: 0 } : colour(tap);
    };
  }
  // The numbers as in the input, the zeros between and around them as padding.
  function insertedTint() {
    const tint = rangeTint(data.input.values);
    return (value, { row, column }) => (graph.source([row, column]) === null ? { opacity: 1 } : tint(value));
  }
  function shadeOf(kind, values) {
    if (data.picture === 'use') return kind === 'input' || data.landed ? countTint(values.filter((value) => value !== null)) : () => ({ opacity: 0.12 });
    if (kind === 'inserted') return insertedTint();
    if (kind === 'input') return rangeTint(values);
    // A sum under way is shaded as it will stand among the whole ones.
    if (kind === 'output') return signedTint(data.output.values);
    return kind === 'convolved' ? signedTint(values) : weightShade(kind);
  }
  // `input` are the numbers in the input's cells, which a count that is under way has its own of.
  function fill(input = data.input.values, only = null) {
    panels.filter(({ kind }) => !only || kind === only).forEach((panel) => {
      const values = valuesOf(panel.kind, input),
        blank = data.picture === 'use' && panel.kind === 'output' && !data.landed;
      const fitted = isBoth() && panel.kind === 'output' ? data.output.values : values;
      const fit = blank ? null : fitNumbers({ values: fitted.filter((value) => value !== null), cell: panel.size, largest: data.present ? 34 : 20 });
      const number = fit && writtenNumber(fit);
      // A zero of the matrix is not a weight: it stays empty, so that the weights stand out.
      const empty = (spot, value) => value === null || (panel.kind === 'matrix' && !tapsAt(graph, entryAt(shaped(), spot.row, spot.column)).length);
      fillPanel({ panel, values, shade: shadeOf(panel.kind, values), fit, written: (spot, value) => (empty(spot, value) ? '' : number(spot, value)) });
      markNegative(panel);
    });
  }
  return {
    build,
    // The step that both ways stand at.
    to: (next) => (step = next),
    // Other numbers in the same grids.
    receive: (next) => (data = next),
    fill,
    find,
    panels: () => panels,
    // What is drawn in how much room; returns the height that it takes.
    place({ width, height }) {
      const layout = arrangeGrids({ picture: data.picture, present: data.present, width, height, shapes: shapesOf(graph, data) });
      panels.forEach((panel, at) => {
        const { x, y, size } = layout[panel.kind];
        placePanel({ panel, x, y, size });
        panel.group.classList.toggle('small', size < 14);
        titles[at].setAttribute('x', x);
        titles[at].setAttribute('y', y - 9);
      });
      fill();
      return layout.height;
    },
    light(boxes) {
      panels.forEach((panel) => {
        const d = boxes[panel.kind].length ? outline(boxes[panel.kind], panel.size) : '';
        panel.lit.setAttribute('d', d);
      });
    },
    cursor: (kind, at, words) => putCursor(find(kind), at && { row: at[0], column: at[1] }, words),
    cellOf: (target) => (target.cell ? { kind: target.cell.kind, at: [target.cell.row, target.cell.column] } : null),
    size: (kind) => [find(kind).rows, find(kind).columns],
  };
}
