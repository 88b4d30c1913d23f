// A formula as HTML: its symbols, the same with numbers, and the result, every term coloured by its role.
import { htmlNode, write } from '../shared/nodes.mjs';
import { createRoving } from '../shared/roving.mjs';
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

const node = (className, children = [], text = '', name = 'span') => {
  const made = htmlNode({ name, className, text });
  made.append(...children);
  return made;
};

function termNode({ term, numbers, leaves, bracket = false }) {
  const leaf = node(bracket ? 'bracket' : term.kind === 'value' ? 'term' : 'sign');
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
        node('fraction', [
          node('over', top),
          node('under', lineNodes({ items: item.bottom, numbers, leaves })),
        ]),
      );
    else parts.push(...top);
    if (item.close) parts.push(termNode({ term: item.close, numbers, leaves, bracket: true }));
    return node(item.bottom ? 'group tall' : 'group', parts);
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

const shapeOf = (formulas) =>
  JSON.stringify(formulas.map(({ id, terms }) => [id, terms.map(({ kind, role }) => [kind, role])]));
const RESULT_ROLE = { parameters: 'kernel', macs: 'window' };

// By key, one term of each role is enough: symbols first, numbers only by pointer.
function firstOfRoles(line) {
  const roles = new Set();
  return [...line.querySelectorAll('.term')].filter(
    ({ dataset: { role } }) => !roles.has(role) && roles.add(role),
  );
}

export function createFormulas({ root, listen }) {
  let shape = '',
    lines = [],
    stops = [];
  const refreshStops = createRoving({ root, items: () => stops, listen });
  return function update(formulas) {
    if (shapeOf(formulas) !== shape) {
      shape = shapeOf(formulas);
      lines = formulas.map(({ id, terms }) => {
        const leaves = [],
          tree = formulaTree(terms);
        const symbols = lineNodes({ items: tree, numbers: false, leaves }),
          numbers = lineNodes({ items: tree, numbers: true, leaves });
        const result = node('term result');
        result.dataset.role = RESULT_ROLE[id] ?? 'output';
        const label = node('label'),
          note = node('note');
        const equals = () => node('sign equals', [], '=');
        const tall = tree.some((item) => item.bottom);
        const line = node(
          `formula ${tall ? '' : 'flat'}`,
          [
            node('caption', [label, note]),
            node(
              'line',
              terms.length > 1
                ? [node('side', symbols), equals(), node('side', numbers), equals(), result]
                : [result],
            ),
          ],
          '',
          'div',
        );
        line.dataset.id = id;
        return { line, label, note, leaves, result };
      });
      // Fractions stand side by side, the flat formulas in a block beside or below them.
      const all = lines.map(({ line }) => line),
        flat = (line) => line.classList.contains('flat');
      root.replaceChildren(...all.filter((line) => !flat(line)), node('flats', all.filter(flat), '', 'div'));
      stops = [...root.querySelectorAll('.formula')].flatMap(firstOfRoles);
      refreshStops();
    }
    formulas.forEach((formula, index) => {
      const { label, note, leaves, result } = lines[index];
      const terms = formula.terms.filter(({ kind }) => kind !== 'over');
      write(label, formula.label);
      write(note, formula.note ?? '');
      leaves.forEach(({ leaf, numbers }, at) => {
        const term = terms[at % terms.length];
        if (numbers && term.kind === 'value') write(leaf, formatNumber(term.value));
        else writeSymbol(leaf, term.symbol);
        leaf.dataset.meaning = leaf.title = term.meaning ?? '';
      });
      write(result, formatNumber(formula.result));
      result.dataset.meaning = result.title = formula.meaning ?? '';
    });
  };
}
