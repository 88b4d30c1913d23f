// Draws the grid: as many cells as there are numbers, each tinted by its number, one of them the tab stop.
import { placeName } from '../shared/places.mjs';
import { pretty, shortNumber } from './entries.mjs';
import { centreOf } from './grid.mjs';

const TINT = 0.55; // the strongest share of the role's colour over the page, as palette.py has it

const put = (node, name, value) => {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
};

// As many children as wanted, so that those that stay keep their focus.
function trim({ parent, count, make }) {
  while (parent.children.length > count) parent.lastElementChild.remove();
  while (parent.children.length < count) parent.append(make());
}
const made = (className, role) => () => {
  const node = Object.assign(document.createElement('div'), { className });
  node.setAttribute('role', role);
  return node;
};

export function createCells({ grid }) {
  let cells = [];
  return {
    at: (index) => cells[index],
    indexOf: (node) => cells.indexOf(node),
    shape({ rows, columns }) {
      trim({ parent: grid, count: rows, make: made('row', 'row') });
      [...grid.children].forEach((row) => trim({ parent: row, count: columns, make: made('cell', 'gridcell') }));
      cells = [...grid.children].flatMap((row) => [...row.children]);
    },
    // `fit` is null where cells are too small for numbers; `drafts` are texts that are not numbers.
    draw({ rows, columns, texts, values, drafts, active, cell, fit }) {
      const centre = centreOf({ rows, columns }), middle = centre.row * columns + centre.column;
      const most = values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
      grid.style.cssText = `--cell:${cell}px;--columns:${columns};--rows:${rows};font-size:${fit?.font ?? 10}px`;
      put(grid, 'aria-label', `Kernel, ${rows} × ${columns}`);
      grid.classList.toggle('tiny', cell < 14);
      cells.forEach((node, index) => {
        const draft = drafts.get(index), text = draft?.text ?? texts[index], value = values[index];
        const row = Math.floor(index / columns), column = index % columns, isCentre = rows * columns > 1 && index === middle;
        const plain = draft ? `${text}, not a number` : pretty(text);
        put(node, 'aria-label', `${placeName(row, column)}: ${plain}${isCentre ? ', centre' : ''}`);
        put(node, 'tabindex', row === active.row && column === active.column ? '0' : '-1');
        put(node, 'data-sign', draft ? 'wrong' : value < 0 ? 'negative' : 'positive');
        node.classList.toggle('centre', isCentre);
        node.classList.toggle('active', row === active.row && column === active.column);
        if (draft) put(node, 'aria-invalid', 'true');
        else node.removeAttribute('aria-invalid');
        const share = `${most ? Math.round((100 * TINT * Math.abs(value)) / most) : 0}%`;
        if (node.style.getPropertyValue('--share') !== share) node.style.setProperty('--share', share);
        const shown = !fit ? '' : draft ? text.slice(0, fit.characters) : shortNumber({ text, value, characters: fit.characters });
        if (node.textContent !== shown) node.textContent = shown;
        node.classList.toggle('rounded', !!fit && !draft && shown !== pretty(text));
        const full = draft || (fit && shown === pretty(text)) ? '' : `${placeName(row, column)}: ${pretty(text)}`;
        if (node.title !== full) node.title = full;
      });
    },
  };
}
