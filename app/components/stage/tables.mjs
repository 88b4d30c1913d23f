// The numbers of the picture once more, as tables with headers: what a screen reader walks through cell by cell.
import { formatNumber } from '../shared/numbers.mjs';
import { range } from './windows.mjs';
import { panelName } from './words.mjs';

const said = (value, absent) => (value === null ? absent || 'empty' : formatNumber(value, 6));

// Rows and columns count as in all words of the stage: from 0 at the input's own first cell.
function table({ name, called, size: [rows, columns], write, top = 0, left = 0 }, index) {
  const head = (scope, word, at) => `<th scope="${scope}">${word} ${formatNumber(at)}</th>`;
  const line = (first, cell) => `<tr>${first}${range(columns).map(cell).join('')}</tr>`;
  const heads = line('<td></td>', (column) => head('col', 'column', column - left));
  const lines = range(rows).map((row) =>
    line(head('row', 'row', row - top), (column) => `<td>${write(index, row, column)}</td>`),
  );
  return `<table><caption>${[name, called(index)].filter(Boolean).join(' ')}</caption>${heads}${lines.join('')}</table>`;
}

const UNSAID = { secret: 'to be predicted', empty: 'not shown yet' };

// The tables at a step, with the kernel of output channel `map`. `resultOf(step)`: 'shown', 'empty' or 'secret'.
export function tablesOf({ model, map, step, resultOf }) {
  const { before, kernelSize, layers, zone } = model;
  const groups = [
    {
      name: 'Input',
      called: (plane) => panelName(model, 'input', plane),
      count: model.channels,
      size: [model.height, model.width],
      write: (channel, row, column) =>
        said(model.x(channel, row, column), model.absent(layers[0], row, column)) +
        (zone(row, column, channel) === 'input' ? '' : ', padding'),
      top: before[0],
      left: before[1],
    },
    {
      name: 'Kernel',
      called: (slice) => panelName(model, 'kernel', slice),
      count: model.conv ? model.per : 0,
      size: kernelSize,
      write: (slice, row, column) => said(model.w(map, slice, row, column)),
    },
    ...layers.map(({ name, values, rule }) => ({
      name: layers.length > 1 ? name : 'Output',
      called: (map) => panelName(model, 'output', map),
      count: model.maps,
      size: model.outputSize,
      write(channel, row, column) {
        if (model.adds) {
          const value = model.shownOf(channel, step)[row * model.columns + column];
          return value === null ? UNSAID.empty : said(value);
        }
        const output = model.outputAt(channel, row, column);
        return UNSAID[resultOf(output)] ?? said(values[output], rule.absent);
      },
    })),
  ];
  return groups.flatMap((group) => range(group.count).map((index) => table(group, index))).join('');
}
