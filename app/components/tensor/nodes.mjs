// Attributes and children, touched only when something changes.

export function set(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

// The children of a node, as many as wanted: those that are there stay, with focus and place.
export function children({ parent, count, create }) {
  while (parent.children.length > count) parent.lastElementChild.remove();
  while (parent.children.length < count) parent.append(create());
  return [...parent.children];
}
