// The strip under the picture: a grid of products per channel, their sums, the bias and the result;
// for poolings side by side, a grid of the window for each, with what it makes of it below.
import { arrangeProducts } from './layout.mjs';
import { isRead } from './links.mjs';
import { htmlNode, write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';
import { range } from './windows.mjs';
import { totalPieces } from './words.mjs';

const make = (name, className, parent) => htmlNode({ name, className, parent });
const longest = (values) =>
  values.reduce((most, value) => Math.max(most, formatNumber(value ?? 0).length), 1);
// The least room for one pooling's sum, and what a letter of it takes.
const LEAST = 150,
  LETTER = 10,
  LINE = 26,
  // The same where there is one sum alone, in larger type.
  ALONE = { letter: 11.6, line: 28 },
  LONG = 24;

export function createCalculation({ root }) {
  const [channelsRoot, totalRoot] = root.children;
  let model, strips, several;

  function build(next) {
    model = next;
    several = model.layers.length > 1;
    channelsRoot.replaceChildren();
    totalRoot.replaceChildren();
    totalRoot.hidden = several;
    strips = range(several ? model.layers.length : model.per).map((index) => {
      const channel = make('div', 'channel', channelsRoot);
      const name = several || model.per > 1 ? make('div', several ? 'name kind' : 'name', channel) : null;
      const grid = make('div', 'products', channel);
      grid.style.setProperty('--columns', model.kernelSize[1]);
      const cells = range(model.taps).map((tap) => {
        const cell = make('div', 'product', grid);
        cell.tap = { slice: several ? 0 : index, tap };
        return { cell, pair: make('i', '', cell), value: make('b', '', cell) };
      });
      const sum = !several && model.per > 1 ? make('div', 'sum', channel) : null;
      return { name, cells, sum, channel, total: several ? make('div', 'total', channel) : null };
    });
  }

  // In the room that the layout leaves for the sum; what is too high for it is drawn smaller.
  function place({ x, y, width, height }) {
    const scale = Math.min(1, height / fit({ width }));
    Object.assign(root.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    root.style.transform = scale < 1 ? `scale(${scale})` : '';
  }
  // Sizes come from the longest numbers of the whole layer, so that nothing jumps from step to step.
  function fit({ width }) {
    const inputs = longest(model.input.values),
      weights = model.conv ? longest(model.kernel.values) : 0;
    const top = model.input.values.reduce((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
    const products = model.conv
      ? Math.min(
          Math.max(...model.kernel.values.map((weight) => formatNumber(weight * top).length), 2),
          inputs + weights,
        )
      : inputs;
    const large = model.present ? 1.5 : 1;
    const layout = arrangeProducts({
      width,
      channels: strips.length,
      rows: model.kernelSize[0],
      columns: model.kernelSize[1],
      pairLength: model.conv ? inputs + weights + 3 : 0,
      length: Math.min(products, 7),
      large,
    });
    const style = root.style;
    style.setProperty('--wide', `${layout.cellWidth}px`);
    style.setProperty('--high', `${layout.cellHeight}px`);
    root.classList.toggle('pairs', layout.pairs);
    root.classList.toggle('beside', layout.beside && !several);
    root.classList.remove('bare');
    if (!several) {
      // The sum's room is there before the sum is, for the longest of all steps.
      const room = layout.beside ? width - layout.used - 28 : width;
      const tall = Math.ceil((longestTotal(0) * ALONE.letter * large) / room) * ALONE.line * large;
      totalRoot.style.minHeight = `${tall}px`;
      return layout.beside ? Math.max(layout.height, tall) : layout.height + tall;
    }
    const across = Math.max(1, Math.min(strips.length, Math.floor((width + 22) / (LEAST * large + 22))));
    const lengths = strips.map((_, index) => longestTotal(index) * LETTER * large);
    const room = Math.floor(Math.min((width - (across - 1) * 22) / across, Math.max(LEAST, ...lengths)));
    const lines = Math.max(...lengths.map((length) => Math.ceil(length / room)));
    strips.forEach(({ channel, total }) => {
      channel.style.width = `${room}px`;
      total.style.minHeight = `${lines * LINE * large}px`;
    });
    // Before an audience there is room for large type or for many grids, not for both.
    const bare = model.present && strips.length > 2;
    root.classList.toggle('bare', bare);
    const tall = (bare ? 0 : model.kernelSize[0] * layout.cellHeight) + (lines * LINE + 24) * large;
    return Math.ceil(strips.length / across) * (tall + 8) - 8;
  }
  const longestTotal = (index) =>
    range(model.steps).reduce((most, step) => {
      const pieces = totalPieces({ window: model.window(step), model, index });
      return Math.max(most, pieces.map(({ text }) => text).join(' ').length);
    }, 0);

  // `phase` says how much of the step shows; without it, all of it.
  function show({ window, phase }) {
    strips.forEach(({ name, cells, sum: sumNode, total }, index) => {
      const slice = several ? 0 : index,
        layer = model.layers[several ? index : 0],
        sum = window.sums[several ? index : 0];
      if (name) write(name, several ? `${layer.rule.sign} ${layer.name}` : `channel ${window.reads[index]}`);
      cells.forEach(({ cell, pair, value }, tap) => {
        const x = window.cells[slice][tap],
          product = sum.products[slice][tap];
        const row = window.rows[Math.floor(tap / window.columns.length)],
          column = window.columns[tap % window.columns.length];
        const read = isRead(row) && isRead(column),
          padding = read && model.zone(row, column) !== 'input';
        const state = `product${!phase || phase.products > slice * cells.length + tap ? '' : ' ahead'}${padding ? ' padding' : ''}${sum.winners[tap] && (!phase || phase.result) ? ' winner' : ''}`;
        if (cell.className !== state) cell.className = state;
        if (model.conv) write(pair, read ? `${formatNumber(x)} × ${formatNumber(window.weights[slice][tap])}` : '');
        // A pooling's window shows the numbers themselves; what it makes of them stands below.
        const number = model.conv ? product : x;
        write(value, number !== null ? formatNumber(number) : (read && model.absent(layer, row, column)) || '·');
      });
      if (sumNode) {
        write(sumNode, `Σ ${formatNumber(sum.sums[slice], 6)}`);
        sumNode.classList.toggle('ahead', !!phase && phase.sums <= slice);
      }
      if (total) writeTotal({ root: total, window, phase, index });
    });
    if (!several) writeTotal({ root: totalRoot, window, phase, index: 0 });
  }

  function writeTotal({ root: line, window, phase, index }) {
    const list = totalPieces({ window, model, index });
    while (line.children.length < list.length) make('span', 'piece', line);
    [...line.children].forEach((piece, at) => {
      const { text = '', role = '', when } = list[at] ?? {};
      // What is still to be predicted is asked for, not left out.
      const asked = phase?.secret && role === 'output';
      write(piece, asked ? '= ?' : text);
      const ahead =
        phase && (when === 'result' ? !phase.result : when === 'bias' ? !phase.bias : phase.sums <= when);
      const hidden = !ahead || asked ? '' : phase.secret ? ' gone' : ' ahead';
      piece.className = `piece ${role}${text.length > LONG ? ' long' : ''}${hidden}`;
    });
  }

  return { build, place, show };
}
