// Making nodes, and touching them only when something changes.

export function htmlNode({ name = 'div', className = '', parent = null, text = '' }) {
  const made = document.createElement(name);
  made.className = className;
  if (text) made.textContent = text;
  parent?.append(made);
  return made;
}

export function svgNode({ name, className = '', parent = null, ...attributes }) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  if (className) made.setAttribute('class', className);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  parent?.append(made);
  return made;
}

export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
