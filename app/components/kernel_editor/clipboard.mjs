// A kernel copied and pasted as a whole, a number pasted into its cell.
import { write } from '../shared/nodes.mjs';
import { readNumber } from '../shared/reading.mjs';
import { isMatrix, rowsOfText } from './entries.mjs';

const LONGEST_PASTE = 60_001;

export function followClipboard(editor) {
  const { root, grid, over, line, find, kernel, commits, listen } = editor;
  listen(grid, 'copy', (event) => {
    event.clipboardData.setData('text/plain', rowsOfText(kernel.numbers));
    event.preventDefault();
    write(find('.live'), 'Copied.');
  });
  listen(root, 'paste', (event) => {
    const text = event.clipboardData.getData('text/plain'), inGrid = grid.contains(event.target);
    const inCell = event.target === over || event.target === line;
    if (!(inGrid || (inCell && isMatrix(text)))) return;
    event.preventDefault();
    if (!isMatrix(text) && readNumber(text, { largest: kernel.limit }).text !== undefined) {
      kernel.put([kernel.indexOf(editor.active)], text);
      return;
    }
    if (inCell) editor.select(editor.active);
    kernel.commit();
    commits.add('paste', text.slice(0, LONGEST_PASTE));
  });
}
