// Keys that mean something of themselves, not with another one held down.
export const isPlain = ({ ctrlKey, metaKey, altKey }) => !(ctrlKey || metaKey || altKey);
// By how much an arrow key changes a number.
export const UP_DOWN = { ArrowUp: 1, ArrowDown: -1 };
