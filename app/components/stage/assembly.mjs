// The nodes of the picture: panels of cells, titles, signs, bias, choice of kernel. The next geometry keeps the panels.
import { write } from '../shared/nodes.mjs';
import { setChildren } from './drawing.mjs';
import { pairsOf } from './links.mjs';
import { draw, keepPanel, makePanel } from './panel.mjs';
import { range } from './windows.mjs';
import { panelName } from './words.mjs';

const by = (...sizes) => sizes.join(' × ');

// A signal has a length alone.
const sidesOf = ({ line }, size) => (line ? size.slice(1) : size);
const sized = (model, channels, size) => by(...(channels > 1 ? [channels] : []), ...sidesOf(model, size));
export const outputSize = (model) =>
  model.volume ? by(...model.volume.output) : sized(model, model.maps, [model.rows, model.columns]);

export const titlesOf = (model) => {
  const { layers, rule, volume, size, kernelSize } = model;
  const flipped = model.flip ? ', flipped' : '';
  if (volume)
    return {
      input: `Input ${by(...volume.input)}`,
      kernel: `Kernel ${by(...volume.kernel)}${flipped}`,
      output: `Output ${outputSize(model)}`,
    };
  const middle = layers.length > 1 ? 'window' : `${rule.word} over`;
  return {
    input: `Input ${sized(model, model.channels, size)}`,
    kernel: model.conv
      ? `Kernel ${sized(model, model.per, kernelSize)}${flipped}`
      : `${middle} ${by(...sidesOf(model, kernelSize))}`,
    output: `Output${layers.length > 1 ? 's' : ''} ${outputSize(model)}`,
  };
};

// What the sentence on unused cells says first: which they are.
const neverUsed = ({ unused }) => unused?.split(/[.:]/, 1)[0] || 'never used';

// What the cells around the input's own are: beside its title, each with its pattern.
function keysOf(model) {
  const { height, width, zone, isUnused, volume } = model,
    padded = volume ? volume.padded : model.line ? model.padded.slice(1) : model.padded;
  const cells = range(volume ? model.channels : 1).flatMap((plane) => pairsOf(range(height), range(width)).map((at) => [...at, plane]));
  const around = `${model.spread ? 'zeros put in:' : 'padded to'} ${by(...padded)}`;
  const keys = [
    { kind: 'padding', long: around, middle: around, short: model.spread ? 'zeros' : 'padding', test: (at) => zone(...at) === 'padding' },
    { kind: 'over', long: 'beyond the padding', middle: 'beyond the padding', short: 'beyond', test: (at) => zone(...at) === 'over' },
    { kind: 'unused', long: neverUsed(model), middle: 'never used', short: 'never used', test: (at) => isUnused(...at) },
  ];
  return keys.filter(({ test }) => cells.some(test));
}
function makeKey(legend, { kind, ...names }) {
  const group = draw('g', 'key cells', legend);
  draw('rect', kind, group, { x: 0, y: -11 });
  return { group, text: draw('text', 'says', group, { x: 20 }), ...names };
}

// `before` are the panels that stand there already; a panel is known by what it shows and its number.
function makePanels(model, before) {
  const plane = (kind, index) => (kind === 'input' && model.planes[index] ? ` (${model.planes[index]})` : '');
  const make = ({ kind, count, name, classOf, block = 0, ...shape }) =>
    range(count).map((nth) => {
      const index = block * count + nth,
        { rows, columns } = shape;
      const panel = {
        ...shape,
        kind,
        index,
        classOf: classOf && ((row, column) => classOf(row, column, index)),
        name: `${[name, panelName(model, kind, index)].filter(Boolean).join(' ')}${plane(kind, index)}, ${rows} rows, ${columns} columns`,
      };
      const there = before?.[kind][index];
      return there ? keepPanel(there, panel) : makePanel(panel);
    });
  const classOf = (...at) => `${model.zone(...at)}${model.isUnused(...at) ? ' unused' : ''}`;
  const { channels, height, width, per, maps, rows, columns, layers } = model,
    [kernelRows, kernelColumns] = model.kernelSize;
  return {
    input: make({ kind: 'input', count: channels, rows: height, columns: width, name: 'Input', classOf, before: model.before }),
    kernel: model.conv
      ? make({ kind: 'kernel', count: per, rows: kernelRows, columns: kernelColumns, name: model.flip ? 'Flipped kernel' : 'Kernel' })
      : [],
    output: layers.flatMap(({ name }, block) =>
      make({ kind: 'output', count: maps, rows, columns, name: layers.length > 1 ? name : 'Output', block }),
    ),
  };
}

// Where the cells that decide a pooling are ringed, below the window's outline.
function winsOf(panel) {
  panel.wins ??= makeWins(panel);
  return panel.wins;
}
function makeWins({ group, frame }) {
  const wins = draw('g', 'wins', null, { 'aria-hidden': true });
  group.insertBefore(wins, frame);
  return { ring: draw('path', 'won', wins), wins };
}

function makePick(svg, map) {
  const pick = draw('g', 'pick', svg, {
    role: 'button',
    tabindex: 0,
    'aria-label': `Kernel of output channel ${map}`,
  });
  pick.map = map;
  draw('rect', '', pick, { rx: 3 });
  write(draw('text', '', pick), String(map));
  return pick;
}

// Pictures of other kinds write other things into their panels.
const isAlike = (one, other) => one.adds === other.adds && one.line === other.line;

// Returns { panels, extras }. `before` is the picture that `svg` shows; it keeps the panels that the new one has, too, and
// its patterns.
export function assemble(svg, model, before) {
  const panels = makePanels(model, before.panels && isAlike(before.model, model) ? before.panels : null);
  setChildren(svg, [svg.querySelector('defs'), ...Object.values(panels).flatMap((group) => group.map((panel) => panel.group))]);
  // Each grid says its name and size.
  const unread = { 'aria-hidden': true },
    legend = draw('g', 'legend', svg, unread);
  const extras = {
    legend,
    keys: keysOf(model).map((key) => makeKey(legend, key)),
    titles: Object.entries(titlesOf(model)).map(([kind, text]) => {
      const title = draw('text', `title ${kind}`, svg, unread);
      write(title, text);
      return title;
    }),
    signs: (model.adds ? ['×', '='] : model.conv ? ['∗', '='] : ['→', '']).map((text) => {
      const sign = draw('text', 'operator', svg, unread);
      write(sign, text);
      return sign;
    }),
    wins: panels.input.map(winsOf),
  };
  // The one sign here that few know.
  if (model.conv && !model.adds) {
    extras.signName = draw('text', 'operator name', svg, unread);
    write(extras.signName, 'convolution');
  }
  if (model.bias) {
    extras.bias = makePanel({ parent: svg, kind: 'bias', index: 0, rows: 1, columns: 1, name: 'Bias' });
    write(extras.bias.label, 'bias');
  }
  if (model.kernels > 1) {
    extras.picks = range(model.kernels).map((map) => makePick(svg, map));
    extras.pickLabel = draw('text', 'label', svg);
    write(extras.pickLabel, 'kernel');
  }
  return { panels, extras };
}
