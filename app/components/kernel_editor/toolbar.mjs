// The buttons that change the whole kernel: one tab stop, arrows go from one to the next.
import { createRoving } from '../shared/roving.mjs';

export function createToolbar({ tools, listen, act }) {
  const buttons = [...tools.querySelectorAll('button')];
  createRoving({ root: tools, items: () => buttons, listen })();
  listen(tools, 'click', (event) => {
    const button = event.target.closest('button');
    if (button && button.getAttribute('aria-disabled') !== 'true') act(button.dataset.act);
  });
  return {
    // Not `disabled`: a button that has just been pressed would lose the focus.
    show: (possible) => buttons.forEach((button) => button.setAttribute('aria-disabled', String(!possible(button.dataset.act)))),
  };
}
