// Beside the board, for each axis: how many places were found and, once that is all of them, the formula part by part.
import { htmlNode, write } from '../shared/nodes.mjs';
import { isWhole, tally } from './finding.mjs';

function makeStep(parent, { part, symbols, numbers, result, words }, at) {
  const item = htmlNode({ name: 'li', parent });
  Object.assign(item, { tabIndex: -1 });
  item.dataset.part = part;
  item.style.setProperty('--after', at);
  htmlNode({ name: 'b', parent: item, text: symbols });
  htmlNode({ name: 'span', className: 'numbers', parent: item, text: numbers === String(result) ? numbers : `${numbers} = ${result}` });
  htmlNode({ name: 'span', className: 'words', parent: item, text: words });
  return item;
}

// `point(part, axis)` lights up what a part stands for; both are empty when nothing is pointed at.
export function createWorkings({ root, listen, point, again }) {
  let blocks = [],
    shape = '',
    total = null,
    button = null;

  function build(axes) {
    root.replaceChildren();
    blocks = axes.map((axis) => {
      const block = htmlNode({ name: 'section', parent: root });
      return {
        block,
        head: htmlNode({ name: 'h2', parent: block }),
        list: htmlNode({ name: 'ol', parent: block }),
        line: htmlNode({ name: 'p', className: 'whole', parent: block }),
      };
    });
    total = htmlNode({ name: 'p', className: 'total', parent: root });
    button = htmlNode({ name: 'button', className: 'again', parent: root, text: 'Count again' });
    button.type = 'button';
  }
  const partAt = (event) => {
    const item = event.target.closest?.('li');
    const axis = blocks.findIndex(({ block }) => block.contains(item));
    point(item?.dataset.part ?? '', axis);
  };
  for (const name of ['pointerover', 'focusin']) listen(root, name, partAt);
  for (const name of ['pointerleave', 'focusout']) listen(root, name, () => point('', -1));
  listen(root, 'click', ({ target }) => {
    if (target.closest('.again')) again();
  });
  return {
    items: () => [...root.querySelectorAll('li')],
    show({ data, found }) {
      const next = JSON.stringify(data.axes.map(({ name, steps }) => [name, steps]));
      if (next !== shape) build(data.axes);
      shape = next;
      blocks.forEach(({ head, list, line }, axis) => {
        const one = data.axes[axis],
          whole = isWhole(one, found[axis]);
        write(head, tally(one, found[axis]));
        if (whole && !list.children.length) one.steps.forEach((step, at) => makeStep(list, step, at));
        if (!whole) list.replaceChildren();
        write(line, whole ? one.line : '');
      });
      const all = data.axes.every((axis, at) => isWhole(axis, found[at]));
      write(total, all ? data.total : '');
      button.hidden = found.every(({ length }) => !length);
    },
  };
}
