// The weight tensor as a table: a row for each kernel, a column for each input channel, a slice in each cell.
import { htmlNode, write } from '../shared/nodes.mjs';
import { children, set } from './nodes.mjs';

const GAP_SIGN = '⋯';

function createSheet() {
  const sheet = htmlNode({ name: 'figure', className: 'sheet' });
  const caption = htmlNode({ name: 'figcaption', parent: sheet });
  htmlNode({ name: 'b', className: 'verdict', parent: caption });
  htmlNode({ name: 'span', className: 'title', parent: caption });
  const table = htmlNode({ name: 'table', parent: sheet });
  htmlNode({ name: 'tr', parent: htmlNode({ name: 'thead', parent: table }) });
  htmlNode({ name: 'tbody', parent: table });
  htmlNode({ name: 'p', className: 'why', parent: sheet });
  return sheet;
}

function createHead() {
  const head = htmlNode({ name: 'th' });
  htmlNode({ name: 'span', className: 'plane', parent: head });
  htmlNode({ name: 'span', className: 'name', parent: head });
  return head;
}

function createRow() {
  const row = htmlNode({ name: 'tr' });
  const head = htmlNode({ name: 'th', parent: row });
  htmlNode({ name: 'span', className: 'name', parent: head });
  return row;
}

function createCell() {
  const cell = htmlNode({ name: 'td' });
  htmlNode({ className: 'slice', parent: cell });
  htmlNode({ name: 'span', className: 'said', parent: cell });
  return cell;
}

function showHeads({ line, columns }) {
  const heads = children({ parent: line, count: columns.length + 2, create: createHead });
  heads.forEach((head, at) => {
    const column = at > 0 && at <= columns.length ? columns[at - 1] : null;
    const inside = at > 0 && at <= columns.length;
    const [plane, name] = head.children;
    plane.hidden = !column;
    // The corners are empty to the eye alone: a table read aloud names every column.
    write(name, column ? column.label : inside ? GAP_SIGN : at ? 'output' : 'kernel');
    set(head, 'scope', 'col');
    head.className = column ? 'channel' : inside ? 'gap' : 'corner';
    if (column) {
      if (!head.hasAttribute('tabindex')) head.tabIndex = -1;
      set(head, 'aria-label', column.words);
      set(plane, 'data-tint', column.tint);
    } else {
      head.removeAttribute('tabindex');
      head.removeAttribute('aria-label');
    }
  });
  return heads;
}

// What comes out of a row: its sum and one map, or, in a picture of a mistake, a map for each slice.
function showMaps({ cell, row }) {
  const pieces = row ? [...(row.sign ? [row.sign] : []), ...row.maps.map(() => null)] : [];
  children({ parent: cell, count: pieces.length, create: () => htmlNode({ name: 'span' }) }).forEach((node, at) => {
    const sign = pieces[at];
    node.className = sign === null ? 'map' : 'sign';
    write(node, sign ?? '');
  });
}

function showRow({ line, row, columns, kernel }) {
  line.className = row ? '' : 'gap';
  if (line.children.length !== columns.length + 2) {
    while (line.children.length > 1) line.lastElementChild.remove();
    line.append(...columns.map(createCell), htmlNode({ name: 'td', className: 'maps' }));
  }
  const [head, ...cells] = line.children;
  write(head.firstElementChild, row ? row.label : '⋮');
  set(head, 'scope', 'row');
  if (row) {
    if (!head.hasAttribute('tabindex')) head.tabIndex = -1;
    set(head, 'aria-label', row.words);
    set(line, 'data-group', row.group % 4);
  } else {
    head.removeAttribute('tabindex');
    head.removeAttribute('aria-label');
  }
  cells.slice(0, -1).forEach((cell, at) => {
    const column = columns[at], [slice, said] = cell.children;
    const state = !row || !column ? 'gap' : row.sees[at] ? 'read' : 'crossed';
    cell.className = state;
    slice.hidden = state === 'gap';
    slice.style.setProperty('--rows', kernel[0]);
    slice.style.setProperty('--columns', kernel[1]);
    write(said, state === 'gap' ? GAP_SIGN : state === 'read' ? `${kernel[0]} × ${kernel[1]}` : 'not read');
  });
  showMaps({ cell: cells.at(-1), row });
}

export function showSheets({ root, sheets }) {
  children({ parent: root, count: sheets.length, create: createSheet }).forEach((sheet, index) => {
    const { title, verdict, why, columns, rows, kernel } = sheets[index];
    const [caption, table, remark] = sheet.children, [mark, name] = caption.children;
    sheet.className = `sheet ${verdict}`;
    write(mark, { right: '✓ Right', wrong: '✗ Wrong' }[verdict] ?? '');
    mark.hidden = !verdict;
    write(name, title);
    write(remark, why);
    remark.hidden = !why;
    const heads = showHeads({ line: table.tHead.rows[0], columns });
    const lines = children({ parent: table.tBodies[0], count: rows.length, create: createRow });
    lines.forEach((line, at) => showRow({ line, row: rows[at], columns, kernel }));
    set(table, 'aria-label', title);
    // One stop for the rows, one for the columns; the arrow keys go on from there.
    for (const stops of [heads, lines.map((line) => line.firstElementChild)]) {
      const walked = stops.filter((head) => head.hasAttribute('tabindex'));
      if (!walked.some((head) => head.tabIndex === 0)) walked[0].tabIndex = 0;
    }
  });
}
