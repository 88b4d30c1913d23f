// Keys pressed by themselves, with no other key held down.
export const isPlain = ({ ctrlKey, metaKey, altKey }) => !(ctrlKey || metaKey || altKey);
// By how much an arrow key changes a number.
export const UP_DOWN = { ArrowUp: 1, ArrowDown: -1 };
// Elements that handle keys themselves. The page as a whole may be a Tab stop, but handles none.
export const BUSY =
  'input, textarea, select, button, a, summary, [contenteditable], [role=slider], [role=option], [tabindex="0"]:not(main)';
