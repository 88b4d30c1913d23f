// Nodes of a drawing.
export function svgNode({ name, className = '', parent = null, ...attributes }) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  if (className) made.setAttribute('class', className);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  parent?.append(made);
  return made;
}

// The children of a node, in this order. Those that are there stay untouched: what is moved has to be styled anew.
export function setChildren(parent, nodes) {
  const wanted = new Set(nodes);
  [...parent.children].forEach((child) => wanted.has(child) || child.remove());
  let next = parent.firstElementChild;
  for (const node of nodes) {
    if (node === next) next = next.nextElementSibling;
    else parent.insertBefore(node, next);
  }
}
