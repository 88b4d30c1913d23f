// Making nodes, and touching them only when something changes.

export function htmlNode({ name = 'div', className = '', parent = null, text = '' }) {
  const made = Object.assign(document.createElement(name), { className, textContent: text });
  parent?.append(made);
  return made;
}

export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
