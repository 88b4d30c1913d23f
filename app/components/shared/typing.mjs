// What is typed into the page's own boxes before they are left. Streamlit sends a box when it is left; a line that is
// cut meanwhile shuts the box, and what stands in it would never be sent.
const TEXTS = 'textarea, input:not([type]), input[type="text"], input[type="number"]';
const LONGEST_TEXT = 30_000;

// `boxes`: the key of a container around a box -> the name by which Python knows what is typed there.
export function createTyping() {
  let boxes = {}, texts = {}, last = null;

  const nameOf = (box) => {
    const within = Object.keys(boxes).find((area) => box.closest(`.st-key-${CSS.escape(area)}`));
    return within && boxes[within];
  };
  const onInput = ({ target }) => {
    if (!target.matches?.(TEXTS)) return;
    last = target;
    const name = nameOf(target);
    if (name) texts[name] = target.value.slice(0, LONGEST_TEXT);
  };
  // Only a box that could be left by hand has been sent; one that was shut has not.
  const onBlur = ({ target }) => {
    if (target === last && !target.disabled) last = null;
  };
  document.addEventListener('input', onInput, true);
  document.addEventListener('blur', onBlur, true);

  return {
    watch(next) {
      boxes = next;
      const kept = new Set(Object.values(boxes));
      texts = Object.fromEntries(Object.entries(texts).filter(([name]) => kept.has(name)));
    },
    texts: () => ({ ...texts }),
    // Gives the keyboard back to the box that a cut shut, or has the box sent where it is elsewhere by now.
    reopen() {
      if (!last?.isConnected) return;
      const elsewhere = document.activeElement;
      last.focus({ preventScroll: true });
      if (elsewhere && elsewhere !== document.body && elsewhere !== last) elsewhere.focus({ preventScroll: true });
    },
    destroy() {
      document.removeEventListener('input', onInput, true);
      document.removeEventListener('blur', onBlur, true);
    },
  };
}
