// The whole calculation as one sentence, for those who hear it.
import { formatNumber } from '../shared/numbers.mjs';
import { blockWords } from './sum_words.mjs';
import { range } from './windows.mjs';
import { equals } from './words.mjs';

const signedText = (value, first, digits) => {
  const text = formatNumber(Math.abs(value), digits);
  return first ? `${value < 0 ? '−' : ''}${text}` : `${value < 0 ? '−' : '+'} ${text}`;
};
const addition = (values, digits) => values.map((value, at) => signedText(value, !at, digits)).join(' ');

// What is multiplied, where it is one channel's: a window of few numbers.
const FEW = 9;
function pairsOfSum(window, model) {
  if (model.per > 1 || model.taps > FEW) return '';
  const { terms } = blockWords({ window, model, index: 0, level: 'products', digits: 4 });
  return `${terms.map(({ pair }) => pair).filter(Boolean).join(' + ')} = `;
}

// One block: its terms in their order and what they come to.
function saidBlock({ window, model, index, secret }) {
  const words = blockWords({ window, model, index, level: 'products', digits: 4 }),
    sum = window.sums[model.conv ? 0 : index],
    order = range(words.terms.length).sort((a, b) => words.slots[a] - words.slots[b]),
    there = order.map((tap) => words.terms[tap].value).filter((value) => value !== null);
  const list =
    words.between === '+'
      ? addition(there.length ? there : [0])
      : there.map((value) => formatNumber(value)).join(', ');
  const written = `${words.open}${list}${words.close}`,
    whole = words.divisor ? `${there.length > 1 ? `(${written})` : written} / ${words.divisor}` : written,
    name = words.name && `${words.name}:`;
  if (model.conv) {
    const partial = model.per > 1 && !secret ? equals(formatNumber(sum.sums[index])) : '';
    return [name, whole, partial].filter(Boolean).join(' ');
  }
  if (secret) return [name, whole, '= ?'].filter(Boolean).join(' ');
  const { rule } = model.layers[index];
  const aside = words.sorted ? words.aside(there, sum) : '',
    result = sum.result === null ? rule.absent || '·' : formatNumber(sum.result);
  return [name, `${whole}${aside && ','}`, aside, equals(result), words.ties].filter(Boolean).join(' ');
}

export function sumSentence({ window, model, secret = false }) {
  const parts = range(model.conv ? model.per : model.layers.length).map((index) =>
    saidBlock({ window, model, index, secret }),
  );
  if (!model.conv) return `${parts.join('; ')}.`;
  const [{ sums, result }] = window.sums;
  const bias = model.bias ? ` ${signedText(window.bias, false, 6)} (bias)` : '',
    end = secret ? '= ?' : equals(formatNumber(result, 6));
  if (model.per === 1) return `${pairsOfSum(window, model)}${parts[0]}${bias} ${end}.`;
  return secret ? `${parts.join('; ')}; together ${end}.` : `${parts.join('; ')}; together ${addition(sums)}${bias} ${end}.`;
}
