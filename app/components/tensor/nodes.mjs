// Making nodes, and touching them only when something changes.

export function make({ name = 'div', className = '', parent = null, text = '' }) {
  const node = document.createElement(name);
  node.className = className;
  node.textContent = text;
  parent?.append(node);
  return node;
}

export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function set(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

// The children of a node, as many as wanted: those that are there stay, with focus and place.
export function children({ parent, count, create }) {
  while (parent.children.length > count) parent.lastElementChild.remove();
  while (parent.children.length < count) parent.append(create());
  return [...parent.children];
}
