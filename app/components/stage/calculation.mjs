// The strip under the picture: a grid of products per channel, their sums, the bias and the result.
import { arrangeProducts } from './layout.mjs';
import { htmlNode, write } from './nodes.mjs';
import { formatNumber } from './numbers.mjs';
import { totalPieces } from './words.mjs';

const make = (name, className, parent) => htmlNode({ name, className, parent });
const longest = (values) =>
  values.reduce((most, value) => Math.max(most, formatNumber(value ?? 0).length), 1);

export function createCalculation({ root }) {
  const [channelsRoot, totalRoot] = root.children;
  totalRoot.replaceChildren();
  let model,
    channels,
    pieces = [];

  function build(next) {
    model = next;
    channelsRoot.replaceChildren();
    channels = Array.from({ length: model.per }, (_, slice) => {
      const channel = make('div', 'channel', channelsRoot);
      const name = model.per > 1 ? make('div', 'name', channel) : null;
      const grid = make('div', 'products', channel);
      grid.style.setProperty('--columns', model.kernelSize[1]);
      const cells = Array.from({ length: model.taps }, (_, tap) => {
        const cell = make('div', 'product', grid);
        cell.tap = { slice, tap };
        return { cell, pair: make('i', '', cell), value: make('b', '', cell) };
      });
      return { name, cells, sum: model.per > 1 ? make('div', 'sum', channel) : null };
    });
  }

  // Sizes come from the longest numbers of the whole layer, so that nothing jumps from step to step.
  function place({ width }) {
    const inputs = longest(model.input.values),
      weights = model.conv ? longest(model.kernel.values) : 0;
    const top = model.input.values.reduce((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
    const products = model.conv
      ? Math.min(
          Math.max(...model.kernel.values.map((weight) => formatNumber(weight * top).length), 2),
          inputs + weights,
        )
      : inputs;
    const layout = arrangeProducts({
      width,
      channels: model.per,
      rows: model.kernelSize[0],
      columns: model.kernelSize[1],
      pairLength: model.conv ? inputs + weights + 3 : 0,
      length: Math.min(products, 7),
      large: model.present ? 1.5 : 1,
    });
    const style = root.style;
    style.setProperty('--wide', `${layout.cellWidth}px`);
    style.setProperty('--high', `${layout.cellHeight}px`);
    root.classList.toggle('pairs', layout.pairs);
    root.classList.toggle('beside', layout.beside);
    return layout.height;
  }

  // `told` says how much of the story shows; without it, all of it.
  function show({ window, told }) {
    const { sum } = window;
    channels.forEach(({ name, cells, sum: sumNode }, index) => {
      if (name) write(name, `channel ${window.reads[index]}`);
      cells.forEach(({ cell, pair, value }, tap) => {
        const x = window.cells[index][tap],
          product = sum.products[index][tap];
        const row = window.rows[Math.floor(tap / window.columns.length)],
          column = window.columns[tap % window.columns.length];
        const state = `product${!told || told.products > index * cells.length + tap ? '' : ' ahead'}${model.zone(row, column) === 'input' ? '' : ' padding'}${sum.winners[tap] && (!told || told.result) ? ' winner' : ''}`;
        if (cell.className !== state) cell.className = state;
        if (model.conv) write(pair, `${formatNumber(x)} × ${formatNumber(window.weights[index][tap])}`);
        write(value, product === null ? model.rule.absent || '·' : formatNumber(product));
      });
      if (sumNode) {
        write(sumNode, `Σ ${formatNumber(sum.sums[index], 6)}`);
        sumNode.classList.toggle('ahead', !!told && told.sums <= index);
      }
    });
    const list = totalPieces({ window, model });
    while (pieces.length < list.length) pieces.push(make('span', '', totalRoot));
    pieces.forEach((piece, index) => {
      const { text = '', role = '', when } = list[index] ?? {};
      write(piece, text);
      const ahead =
        told && (when === 'result' ? !told.result : when === 'bias' ? !told.bias : told.sums <= when);
      piece.className = `piece ${role}${ahead ? ' ahead' : ''}`;
    });
  }

  return { build, place, show };
}
