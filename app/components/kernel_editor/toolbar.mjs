// The buttons that change the whole kernel: one tab stop, arrows go from one to the next.

export function createToolbar({ tools, listen, act }) {
  const buttons = [...tools.querySelectorAll('button')];
  const stop = (button) => buttons.forEach((other) => { other.tabIndex = other === button ? 0 : -1; });
  stop(buttons[0]);
  listen(tools, 'focusin', (event) => stop(event.target));
  listen(tools, 'click', (event) => {
    const button = event.target.closest('button');
    if (button && button.getAttribute('aria-disabled') !== 'true') act(button.dataset.act);
  });
  listen(tools, 'keydown', (event) => {
    const at = buttons.indexOf(event.target), last = buttons.length - 1;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[Math.max(0, Math.min(to, last))].focus();
  });
  return {
    // Not `disabled`: a button that has just been pressed would lose the focus.
    show: (possible) => buttons.forEach((button) => button.setAttribute('aria-disabled', String(!possible(button.dataset.act)))),
  };
}
