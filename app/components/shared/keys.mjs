// Keys that mean something of themselves, not with another one held down.
export const isPlain = ({ ctrlKey, metaKey, altKey }) => !(ctrlKey || metaKey || altKey);
// By how much an arrow key changes a number.
export const UP_DOWN = { ArrowUp: 1, ArrowDown: -1 };
// What takes keys for itself. The page as a whole may be a Tab stop; it takes none.
export const BUSY =
  'input, textarea, select, button, a, summary, [contenteditable], [role=slider], [role=option], [tabindex="0"]:not(main)';
