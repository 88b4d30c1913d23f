// A formula as HTML: its symbols, the same with numbers, and the result, every term coloured by its role.
import { htmlNode, write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';

// Terms come flat; open ... over ... close becomes one group with a numerator and, after `over`, a denominator.
export function formulaTree(terms) {
  const stack = [{ top: [], bottom: null }];
  for (const term of terms) {
    const group = stack.at(-1);
    const into = group.bottom ?? group.top;
    if (term.kind === 'open') {
      const inner = { open: term, top: [], bottom: null, close: null };
      into.push(inner);
      stack.push(inner);
    } else if (term.kind === 'over') group.bottom = [];
    else if (term.kind === 'close') stack.pop().close = term;
    else into.push(term);
  }
  return stack[0].top;
}

// Letters are multiplied by a dot, numbers by a cross.
const signOfNumbers = (symbol) => (symbol === '·' ? '×' : symbol);

const part = (className, children = [], text = '', name = 'span') => {
  const made = htmlNode({ name, className, text });
  made.append(...children);
  return made;
};

function termNode({ term, numbers, leaves, bracket = false }) {
  const leaf = part(bracket ? 'bracket' : term.kind === 'value' ? 'term' : 'sign');
  if (term.role && term.role !== 'operator') leaf.dataset.role = term.role;
  leaves.push({ leaf, numbers });
  return leaf;
}

// `leaves` collects the text-carrying nodes in the order of the terms, so that a later update only sets text.
function lineNodes({ items, numbers, leaves }) {
  return items.map((item) => {
    if (!item.top) return termNode({ term: item, numbers, leaves });
    const parts = [termNode({ term: item.open, numbers, leaves, bracket: true })];
    const top = lineNodes({ items: item.top, numbers, leaves });
    if (item.bottom)
      parts.push(
        part('fraction', [
          part('over', top),
          part('under', lineNodes({ items: item.bottom, numbers, leaves })),
        ]),
      );
    else parts.push(...top);
    if (item.close) parts.push(termNode({ term: item.close, numbers, leaves, bracket: true }));
    return part(item.bottom ? 'group tall' : 'group', parts);
  });
}

// C_out is set as C with a lowered "out".
function writeSymbol(leaf, symbol) {
  if (leaf.dataset.symbol === symbol) return;
  leaf.dataset.symbol = symbol;
  const [base, lowered = ''] = symbol.split('_');
  leaf.textContent = base;
  if (lowered) htmlNode({ name: 'sub', parent: leaf, text: lowered });
}

const RESULT_ROLE = { parameters: 'kernel', macs: 'window' };

// What leads, large; the other formulas are small beside it, unless they are fractions.
const LEADING = ['frames', 'depth', 'height', 'width'];

// The nodes of one formula: its caption, its symbols, the same with numbers, the result. `fill` writes into them.
export function makeFormula({ id, terms }) {
  const leaves = [],
    tree = formulaTree(terms);
  const symbols = lineNodes({ items: tree, numbers: false, leaves }),
    numbers = lineNodes({ items: tree, numbers: true, leaves });
  const [label, note, result] = ['label', 'note', 'term result'].map((name) => part(name));
  result.dataset.role = RESULT_ROLE[id] ?? 'output';
  const equals = () => part('sign equals', [], '=');
  const sides = terms.length > 1 ? [part('side', symbols), equals(), part('side', numbers), equals()] : [];
  const line = part(
    `formula ${LEADING.includes(id) || tree.some((item) => item.bottom) ? '' : 'flat'}`,
    [part('caption', [label, note]), part('line', [...sides, result])],
    '',
    'div',
  );
  line.dataset.id = id;
  // Said as a whole; then come the letters that can be changed, and not each sign and number once more.
  const spoken = part('spoken');
  line.prepend(spoken);
  for (const twice of line.querySelectorAll('.caption, .sign, .bracket, .equals, .equals + .side, .result'))
    twice.setAttribute('aria-hidden', 'true');

  // `settingOf(symbol)` is the setting that a symbol stands for, `numberAt(setting)` its number as it is to be.
  function fill(formula, { settingOf, numberAt }) {
    const filled = formula.terms.filter(({ kind }) => kind !== 'over');
    write(label, formula.label);
    write(note, formula.note ?? '');
    leaves.forEach(({ leaf, numbers: isNumber }, at) => {
      const term = filled[at % filled.length];
      const setting = term.kind === 'value' ? settingOf(term.symbol) : null,
        value = setting ? numberAt(setting).value : term.value;
      if (isNumber && term.kind === 'value') write(leaf, formatNumber(value));
      else writeSymbol(leaf, isNumber ? signOfNumbers(term.symbol) : term.symbol);
      makeHandle(leaf, setting, !isNumber && setting && { ...numberAt(setting), symbol: term.symbol });
      leaf.dataset.meaning = (term.meaning ?? '').replace(`= ${term.value}:`, `= ${value}:`);
    });
    write(result, formatNumber(formula.result));
    write(spoken, formula.heard);
    result.dataset.meaning = formula.meaning ?? '';
  }
  return { line, fill };
}

// A letter that can be changed is a spin button; its number, for the pointer, is another handle of the same.
function makeHandle(leaf, setting, number) {
  leaf.setting = setting;
  leaf.classList.toggle('handle', !!setting);
  const said = {
    role: number && 'spinbutton',
    // A letter that stays is heard with the whole.
    'aria-hidden': !number && 'true',
    'aria-label': number && `${number.symbol.replace('_', ' ')}, ${number.name}`,
    'aria-valuenow': number && number.value,
    'aria-valuemin': number && number.least,
    'aria-valuemax': number && number.most,
  };
  for (const [name, value] of Object.entries(said)) {
    if (value || value === 0) leaf.setAttribute(name, value);
    else leaf.removeAttribute(name);
  }
}
