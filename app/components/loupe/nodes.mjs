// Making nodes, touching them only when something changes, and numbers as a textbook prints them.

export function make(name, className, parent, text = '') {
  const made = Object.assign(document.createElement(name), { className, textContent: text });
  parent?.append(made);
  return made;
}

export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Tabular figures want few digits and a true minus sign; whole numbers stay whole, because a rounded
// integer would be a wrong one.
export function formatNumber(value, digits = 4) {
  const size = Math.abs(value);
  let text;
  if (Number.isInteger(value) && size < 1e9) text = String(value);
  else if (size >= 1e7 || (size > 0 && size < 1e-4)) text = value.toExponential(digits - 2);
  else text = String(Number(value.toPrecision(digits)));
  return text.replaceAll('-', '−');
}
