// A panel: one channel as a grid of cells, with its outlines. Its nodes stay as long as the layer has them.
import { write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';
import { setChildren, svgNode } from './drawing.mjs';
import { isRead, pairsOf, spanOf } from './links.mjs';
import { squeezed } from './numbers.mjs';
import { range } from './windows.mjs';

export const draw = (name, className, parent, attributes) =>
  svgNode({ name, className, parent, ...attributes });
export const outline = (boxes, size) =>
  boxes
    .map(
      ([row, column, rows, columns]) =>
        `M${column * size} ${row * size}h${columns * size}v${rows * size}h${-columns * size}z`,
    )
    .join('');

const cellsGroup = (parent) => draw('g', 'cells', parent, { 'aria-hidden': true });

// Cells in reading order: {rect, row, column, text}; `spotAt` gives those that are there already.
function fillCells(body, { rows, columns, classOf, spotAt }) {
  const cells = pairsOf(range(rows), range(columns)).map(([row, column]) => {
    const spot = spotAt?.(row, column) ?? { rect: draw('rect'), zone: '', text: null, narrow: null },
      zone = classOf?.(row, column) ?? '';
    if (spot.zone !== zone) {
      spot.rect.setAttribute('class', zone);
      spot.rect.classList.toggle('negative', !!spot.negative);
    }
    return Object.assign(spot, { row, column, zone });
  });
  setChildren(body, cells.flatMap(({ rect, text }) => (text ? [rect, text] : [rect])));
  return cells;
}

// Numbers are read from the tables, or cell by cell with the cursor; as drawn they would be one run of text.
export const makeCells = ({ parent, ...shape }) => fillCells(cellsGroup(parent), shape);

// What the one cell says that assistive technology knows of, before somebody walks there.
const WAY_IN = 'Enter, then the arrow keys, go from cell to cell';

// What the panel is called and how large it is; its cells know where they are.
function describe({ kind, index, group, cursor, cells, rows, columns }, name) {
  cells.forEach(({ rect, row, column }) => (rect.cell = { kind, panel: index, row, column }));
  const said = { 'aria-label': name, 'aria-rowcount': rows, 'aria-colcount': columns };
  Object.entries(said).forEach(([key, value]) => group.setAttribute(key, value));
  cursor.setAttribute('aria-label', WAY_IN);
}

// `before`: how many rows and columns of padding stand above and left of the cells of its own.
export function makePanel({ parent = null, kind, index, rows, columns, name, classOf, before = [0, 0] }) {
  const group = draw('g', `panel ${kind}`, parent, { role: 'grid', tabindex: 0 });
  const unread = { 'aria-hidden': true };
  const label = draw('text', 'label', group, { y: -6, ...unread }),
    body = cellsGroup(group);
  const minus = draw('path', 'minus', group),
    lit = draw('path', 'lit', group),
    frame = draw('g', 'window', group, unread);
  const box = draw('path', 'box', frame),
    casing = draw('path', 'casing', frame),
    taps = draw('path', 'taps', frame),
    now = draw('path', 'now', group),
    tag = draw('text', 'tag', group, unread);
  // The keyboard's cell: the one grid cell that assistive technology needs to know of.
  const cursor = draw('path', 'cursor', draw('g', '', group, { role: 'row' }), { role: 'gridcell', id: `cursor-${kind}-${index}` });
  const cells = fillCells(body, { rows, columns, classOf });
  const panel = { kind, index, group, body, label, cells, rows, columns, before, minus, lit, frame, box, casing, taps, now, tag, cursor };
  describe(panel, name);
  return panel;
}

// The same panel in the picture of another layer. The cells that it still has, counted from its own first one, stay with
// their numbers.
export function keepPanel(panel, { rows, columns, name, classOf, before = [0, 0] }) {
  const [down, across] = before.map((count, axis) => count - panel.before[axis]),
    { cells } = panel;
  const spotAt = (row, column) => {
    const at = [row - down, column - across];
    return at[0] >= 0 && at[0] < panel.rows && at[1] >= 0 && at[1] < panel.columns ? cells[at[0] * panel.columns + at[1]] : null;
  };
  Object.assign(panel, { cells: fillCells(panel.body, { rows, columns, classOf, spotAt }), rows, columns, before });
  panel.cells.forEach(({ rect }) => rect.classList.contains('waiting') && rect.classList.remove('waiting'));
  panel.lit.removeAttribute('d');
  panel.group.classList.remove('walking');
  panel.group.removeAttribute('aria-activedescendant');
  describe(panel, name);
  return panel;
}

function placeText({ text, row, column }, size, high = size) {
  text.setAttribute('x', (column + 0.5) * size);
  text.setAttribute('y', (row + 0.52) * high);
}
// Small cells never get a text node: that halves the work for large layers.
export function writeSpot(panel, spot, text) {
  if (!spot.text) {
    if (!text) return;
    spot.text = svgNode({ name: 'text' });
    placeText(spot, panel.size, panel.high);
    spot.rect.after(spot.text);
  }
  const plain = text.replace('≈', '');
  spot.text.classList.toggle('rounded', plain !== text);
  write(spot.text, plain);
  const narrow = panel.fit ? squeezed(plain, panel.fit) : null;
  if (spot.narrow === narrow) return;
  spot.narrow = narrow;
  if (narrow) {
    spot.text.setAttribute('textLength', narrow);
    spot.text.setAttribute('lengthAdjust', 'spacingAndGlyphs');
  } else spot.text.removeAttribute('textLength');
}

// Cells are squares, or `high` of another height than they are wide. What stands there already is not touched.
export function placeCells({ panel, x, y, size, high }) {
  const resized = panel.size !== size || panel.high !== high;
  Object.assign(panel, { x, y, size, high });
  panel.group.setAttribute('transform', `translate(${x} ${y})`);
  if (resized) panel.group.style.setProperty('--cell', `${size}px`);
  if (resized && high) panel.group.style.setProperty('--cell-height', `${high}px`);
  panel.cells.forEach((spot) => {
    const left = spot.column * size,
      top = spot.row * (high ?? size);
    if (spot.left !== left) spot.rect.setAttribute('x', left);
    if (spot.top !== top) spot.rect.setAttribute('y', top);
    if (spot.text && (resized || spot.left !== left || spot.top !== top)) placeText(spot, size, high);
    Object.assign(spot, { left, top });
  });
}

export function placePanel({ panel, x, y, size }) {
  placeCells({ panel, x, y, size });
  panel.cursor.setAttribute('d', outline([[0, 0, 1, 1]], size));
  panel.now.setAttribute('d', outline([[0, 0, 1, 1]], size));
}

// The numbers and shades of a panel; `written(spot, value)` is the text of a cell, null where it is written elsewhere.
export function fillPanel({ panel, values, shade, fit, written }) {
  if (fit?.font !== panel.fit?.font) panel.group.style.fontSize = fit ? `${fit.font}px` : '';
  panel.fit = fit;
  panel.cells.forEach((spot, index) => {
    const value = values[index],
      { opacity, negative = false, colour = '', ink = '' } = shade(value, spot),
      { rect } = spot;
    if (spot.opacity !== opacity) rect.setAttribute('fill-opacity', (spot.opacity = opacity).toFixed(3));
    if (!spot.negative !== !negative) rect.classList.toggle('negative', (spot.negative = negative));
    if ((spot.colour ?? '') !== colour) rect.style.fill = spot.colour = colour;
    if ((spot.ink ?? '') !== ink) rect.dataset.ink = spot.ink = ink;
    const text = !fit ? '' : written(spot, value);
    if (text !== null) writeSpot(panel, spot, text);
  });
}
export const writtenNumber = ({ digits }) => (_, value) => formatNumber(value, digits);

// Where cells are too small for numbers, a bar stands for the minus sign: no sign is told by its colour alone.
export function markNegative({ minus, cells, fit, size }, isShown = () => true) {
  const bars = fit ? [] : cells.filter((spot) => spot.negative && isShown(spot));
  const bar = ({ row, column }) => `M${(column + 0.26) * size} ${(row + 0.5) * size}h${size * 0.48}`;
  minus.setAttribute('d', bars.map(bar).join(''));
}

// The window's outline: one box, or the tapped cells and a thin box around them. Only its transform moves.
export function frameWindow({ panel, visible, rows, columns, glide }) {
  const [down, across] = [spanOf(rows), spanOf(columns)];
  const shown = visible && down && across;
  panel.frame.style.display = shown ? '' : 'none';
  if (!shown) return;
  const { size } = panel,
    cells = pairsOf(rows.filter(isRead), columns.filter(isRead)),
    [top, left] = [down[0], across[0]];
  const spread = down[1] * across[1] > cells.length,
    places = cells.map(([row, column]) => [row - top, column - left, 1, 1]);
  const whole = [[0, 0, down[1], across[1]]];
  const key = `${spread ? places : whole} ${size}`;
  if (panel.framed !== key) {
    panel.framed = key;
    const path = outline(spread ? places : whole, size);
    panel.casing.setAttribute('d', path);
    panel.taps.setAttribute('d', path);
    panel.box.setAttribute('d', spread ? outline(whole, size) : '');
    panel.frame.classList.toggle('fine', size < (spread || cells.length === 1 ? 34 : 14));
  }
  // Glide from step to step, but not after the panels themselves have moved.
  panel.frame.style.transitionDuration = glide ? '' : '0s';
  panel.frame.style.transform = `translate(${left * size}px,${top * size}px)`;
}
