// The readout: what is shown, in one sentence. Rows and columns count from 0, as in code;
// rows above the input are negative, as padding is not part of it.
import { formatNumber } from './numbers.mjs';

const minus = (value) => formatNumber(value);
const from = (list, offset) => {
  const first = minus(list[0] - offset),
    last = minus(list.at(-1) - offset);
  return first === last ? first : first.startsWith('−') ? `${first} to ${last}` : `${first}–${last}`;
};
const number = (value, model) => (value === null ? model.rule.absent || 'nothing' : formatNumber(value, 6));

export function windowSentence({ window, model, whole = true }) {
  const { rows, columns, sum } = window,
    every = (d) => (d > 1 ? ` (every ${d})` : '');
  const where =
    `${model.maps > 1 ? `Output channel ${window.map}, row` : 'Output row'} ${window.row}, column ${window.column}: ` +
    `window rows ${from(rows, model.pad[0])}${every(model.dilation[0])}, columns ${from(columns, model.pad[2])}${every(model.dilation[1])}`;
  if (!whole) return `${where}.`;
  const count = sum.products.flat().filter((value) => value !== null).length;
  const cells = `${count} ${count === 1 ? 'cell' : 'cells'}`;
  if (model.kind === 'avg')
    return `${where}; ${cells} sum to ${number(sum.sums[0], model)}, divided by ${formatNumber(window.divisor)}: ${number(sum.result, model)}.`;
  if (!model.conv) return `${where}; the ${model.rule.word} of ${cells} is ${number(sum.result, model)}.`;
  const products = `${count} ${count === 1 ? 'product' : 'products'}`;
  return model.bias
    ? `${where}; ${products} and the bias ${minus(window.bias)} sum to ${number(sum.result, model)}.`
    : `${where}; ${products} sum to ${number(sum.result, model)}.`;
}

export function inputSentence({ channel, row, column, model, count }) {
  const zone = model.zone(row, column),
    source = model.source(row, column);
  const place = `row ${minus(row - model.pad[0])}, column ${minus(column - model.pad[2])}`;
  const name = zone === 'over' ? 'Beyond the padding' : zone === 'padding' ? 'Padding' : 'Input';
  const same = zone === 'padding' && source ? ` (shows input row ${source[0]}, column ${source[1]})` : '';
  const used = count ? `used by ${count} output ${count === 1 ? 'cell' : 'cells'}` : 'used by no output cell';
  return `${name}${model.channels > 1 ? ` channel ${channel},` : ''} ${place}${same}: ${number(model.x(channel, row, column), model)}; ${used}.`;
}

export function weightSentence({ map, slice, row, column, model }) {
  const count = model.rows * model.columns;
  return `Kernel${model.maps > 1 ? ` ${map}` : ''}${model.per > 1 ? `, channel ${slice},` : ''} row ${row}, column ${column}: weight ${number(model.w(map, slice, row, column), model)}, used ${count} ${count === 1 ? 'time' : 'times'} in ${model.maps > 1 ? 'this output channel' : 'the output'}.`;
}

// The pieces of the line under the products: {text, role, when}; `when` says which part of the story reveals it.
export function totalPieces({ window, model }) {
  const { sum, bias, divisor } = window;
  const expected = formatNumber(sum.result ?? 0, 6),
    result = sum.result === null ? model.rule.absent || '·' : expected;
  const added = (value, first) =>
    first ? formatNumber(value, 6) : `${value < 0 ? '−' : '+'} ${formatNumber(Math.abs(value), 6)}`;
  const end = { text: `= ${result}`, role: 'output', when: 'result' };
  if (model.conv) {
    const sums = sum.sums.map((value, index) => ({
      text: `${index ? '' : 'Sum '}${added(value, !index)}`,
      role: 'term',
      when: index,
    }));
    if (model.bias) sums.push({ text: added(bias, false), role: 'bias', when: 'bias' });
    if (!model.bias && sums.length === 1) return [{ text: 'Sum', role: 'term', when: 0 }, end];
    return [...sums, end];
  }
  if (model.kind === 'avg')
    return [
      { text: `Sum ${added(sum.sums[0], true)}`, role: 'term', when: 0 },
      { text: `÷ ${formatNumber(divisor)}`, role: 'kernel', when: 'result' },
      end,
    ];
  return [{ text: model.rule.word[0].toUpperCase() + model.rule.word.slice(1), role: 'term', when: 0 }, end];
}
