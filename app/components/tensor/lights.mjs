// What is pointed at or has the focus lights up, with all that belongs to it, and is said below.
import { write } from '../shared/nodes.mjs';
import { seen } from './fit.mjs';
import { set } from './nodes.mjs';

// Lights up a row with the channels it sees, or a column with the maps that see it; nothing without a place.
function lightSheet({ sheet, data, row = null, column = null, part = '' }) {
  const table = sheet.querySelector('table');
  const lit = row !== null || column !== null;
  const rows = row !== null ? [row] : column !== null ? seen({ rows: data.rows, column }) : [];
  const columns = column !== null ? [column] : row !== null ? seen({ rows: data.rows, row }) : [];
  table.classList.toggle('lit', lit);
  set(table, 'data-part', part);
  [...table.tHead.rows[0].cells].forEach((head, at) => head.classList.toggle('on', columns.includes(at - 1)));
  [...table.tBodies[0].rows].forEach((line, at) => line.classList.toggle('on', rows.includes(at)));
  [...table.querySelectorAll('td.read')].forEach((cell) => {
    const at = [cell.parentElement.sectionRowIndex, cell.cellIndex - 1];
    cell.classList.toggle('on', rows.includes(at[0]) && columns.includes(at[1]));
  });
}

// `tensor` is what the parts share: its nodes and the data that are shown.
export function createLights(tensor) {
  const { root, sheets, readout } = tensor;

  // The row or column head that an event happened on, with its place in its sheet.
  function placeOf(event) {
    const cell = event.target.closest?.('th, td'), sheet = cell?.closest('.sheet');
    if (!sheet) return null;
    const index = [...sheets.children].indexOf(sheet), shown = tensor.data.sheets[index];
    const column = cell.cellIndex - 1, isHead = Boolean(cell.closest('thead'));
    const row = isHead ? null : cell.parentElement.sectionRowIndex;
    if (isHead && shown.columns[column]) return { index, sheet, shown, axis: 'column', at: column };
    return row !== null && shown.rows[row] ? { index, sheet, shown, axis: 'row', at: row } : null;
  }
  function rest() {
    [...sheets.children].forEach((sheet, index) => lightSheet({ sheet, data: tensor.data.sheets[index] }));
    write(readout, tensor.data.invitation);
  }
  // Whether the node is of a row, a column or a term, which then lights up.
  function show(target) {
    const place = placeOf({ target }), term = target.closest?.('.term[tabindex]');
    rest();
    if (place) {
      const { sheet, shown, axis, at } = place;
      lightSheet({ sheet, data: shown, [axis]: at });
      write(readout, shown[`${axis}s`][at].words);
    } else if (term) {
      [...sheets.children].forEach((sheet, index) =>
        lightSheet({ sheet, data: tensor.data.sheets[index], part: term.dataset.part }));
      write(readout, term.dataset.meaning);
    }
    return Boolean(place || term);
  }
  // What has the focus stays lit while the mouse is elsewhere.
  function calm() {
    rest();
    const focused = root.getRootNode().activeElement;
    if (focused && root.contains(focused)) show(focused);
  }
  function light({ target }) {
    if (!show(target)) calm();
  }
  return { placeOf, rest, light, calm };
}
