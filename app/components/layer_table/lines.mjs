// One line of the table: a layer, or a block into which layers are folded.
import { htmlNode } from '../shared/nodes.mjs';

const SIGNS = { up: '↑', down: '↓' };

function makeActs(line, acts, parent) {
  const group = htmlNode({ name: 'span', className: 'acts', parent });
  for (const [name, words] of acts) {
    const button = htmlNode({ name: 'button', parent: group, text: SIGNS[name] ?? words });
    Object.assign(button, { type: 'button', title: words });
    button.dataset.act = name;
    button.setAttribute('aria-label', `${words}: ${line.title}`);
  }
}

export function makeLine(line, { heads, acts }) {
  const row = htmlNode({ name: 'tr' });
  row.dataset.id = line.id;
  row.role = 'row';
  for (const name of ['folds', 'inner', 'chosen', 'bad']) row.classList.toggle(name, line[name]);
  const head = htmlNode({ name: 'th', parent: row });
  Object.assign(head, { scope: 'row', role: 'rowheader' });
  const button = htmlNode({ name: 'button', className: 'name', parent: head });
  button.type = 'button';
  htmlNode({ name: 'strong', parent: button, text: line.title });
  htmlNode({ name: 'span', className: 'words', parent: button, text: line.words });
  if (line.folds) button.setAttribute('aria-expanded', line.open);
  else button.setAttribute('aria-pressed', line.chosen);
  if (line.chosen) makeActs(line, acts, head);
  heads.forEach((name, at) => {
    const cell = htmlNode({ name: 'td', parent: row, text: line.cells[at] ?? (at ? '' : line.bad ? 'does not fit' : '') });
    cell.role = 'cell';
    if (at === 1 && line.share > 0) cell.style.setProperty('--share', line.share);
    cell.classList.toggle('shared', at === 1 && line.share > 0);
  });
  return row;
}
