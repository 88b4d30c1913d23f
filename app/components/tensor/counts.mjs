// A count as a line of factors: the number above, what it stands for below.
import { symbolParts } from './fit.mjs';
import { htmlNode, write } from '../shared/nodes.mjs';
import { children, set } from './nodes.mjs';

function createTerm() {
  const term = htmlNode({ name: 'span', className: 'term' });
  htmlNode({ name: 'b', parent: term });
  const symbol = htmlNode({ name: 'i', parent: term });
  htmlNode({ name: 'span', parent: symbol });
  htmlNode({ name: 'sub', parent: symbol });
  return term;
}

function createCount() {
  const count = htmlNode({ className: 'count' });
  htmlNode({ name: 'h2', parent: count });
  htmlNode({ className: 'line', parent: count });
  htmlNode({ name: 'p', className: 'note', parent: count });
  return count;
}

export function showCounts({ root, counts }) {
  children({ parent: root, count: counts.length, create: createCount }).forEach((node, index) => {
    const { label, terms, note } = counts[index];
    const [title, line, remark] = node.children;
    write(title, label);
    title.hidden = !label;
    write(remark, note);
    remark.hidden = !note;
    children({ parent: line, count: terms.length, create: createTerm }).forEach((term, at) => {
      const { text, symbol, part, meaning } = terms[at];
      write(term.children[0], text);
      const { base, index: below } = symbolParts(symbol), [letter, sub] = term.children[1].children;
      write(letter, base);
      write(sub, below);
      set(term, 'data-part', part);
      set(term, 'data-meaning', meaning);
      // Only what has a meaning can be asked for it; one of them is the Tab stop.
      const asked = { tabindex: term.tabIndex, role: 'note', 'aria-label': meaning };
      Object.entries(asked).forEach(([name, value]) => (meaning ? set(term, name, value) : term.removeAttribute(name)));
    });
  });
}
