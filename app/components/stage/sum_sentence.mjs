// The whole calculation as one sentence, for those who hear it.
import { formatNumber } from '../shared/numbers.mjs';
import { blockWords } from './sum_words.mjs';
import { range } from './windows.mjs';
import { equals } from './words.mjs';

const saidTerm = ({ text, negative }, first) => (first ? `${negative ? '−' : ''}${text}` : `${negative ? '−' : '+'} ${text}`);

export function sumSentence({ window, model, secret }) {
  const still = model.conv ? model.per : model.layers.length;
  const parts = range(still).map((index) => {
    const words = blockWords({ window, model, index, level: 'products', digits: 4 }),
      order = range(words.terms.length).sort((a, b) => words.slots[a] - words.slots[b]),
      there = order.map((tap) => words.terms[tap]).filter(({ value }) => value !== null);
    const list =
      words.between === '+'
        ? there.map((term, at) => saidTerm(term, !at)).join(' ')
        : there.map(({ text }) => text).join(', ');
    const written = `${words.open}${list}${words.close}`;
    const sum = window.sums[model.conv ? 0 : index];
    const divided = words.divisor ? `(${written}) / ${words.divisor}` : written;
    const end = secret
      ? '= ?'
      : model.conv
        ? model.per > 1
          ? equals(formatNumber(sum.sums[index]))
          : ''
        : equals(sum.result === null ? model.layers[index].rule.absent || '·' : formatNumber(sum.result));
    return [words.name && `${words.name}:`, divided, end].filter(Boolean).join(' ');
  });
  if (!model.conv) return `${parts.join('; ')}.`;
  const [sum] = window.sums;
  const bias = model.bias ? ` ${saidTerm({ text: formatNumber(Math.abs(window.bias), 5), negative: window.bias < 0 }, false)} (bias)` : '';
  const end = secret ? '= ?' : equals(formatNumber(sum.result, 6));
  if (model.per === 1) return `${parts[0]}${bias} ${end}.`;
  const sums = sum.sums.map((value, at) => saidTerm({ text: formatNumber(Math.abs(value)), negative: value < 0 }, !at));
  return `${parts.join('; ')}; together ${sums.join(' ')}${bias} ${end}.`;
}
