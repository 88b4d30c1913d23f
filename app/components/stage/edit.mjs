// A box over a cell for typing a number. Enter goes down, Tab right; Escape leaves the old number.
import { readNumber } from '../shared/reading.mjs';

export function createEditor({ box, wrong, listen }) {
  let open = null;

  function close(direction) {
    const { leave } = open;
    open = null;
    box.hidden = wrong.hidden = true;
    leave(direction);
  }
  // False when the text is not a number: then the box stays, marked, and nothing is committed.
  function commit(direction) {
    if (!open) return true;
    const { value, wrong: sentence } = readNumber(box.value, { largest: open.limit });
    if (sentence) {
      box.setAttribute('aria-invalid', 'true');
      wrong.textContent = sentence;
      wrong.hidden = false;
      return false;
    }
    if (value !== open.value) open.save(value);
    close(direction);
    return true;
  }
  listen(box, 'keydown', (event) => {
    event.stopPropagation();
    const direction =
      event.key === 'Enter' ? 'down' : event.key === 'Tab' ? (event.shiftKey ? 'left' : 'right') : null;
    if (direction) {
      event.preventDefault();
      commit(direction);
    }
    if (event.key === 'Escape') close('stay');
  });
  listen(box, 'input', () => {
    box.removeAttribute('aria-invalid');
    wrong.hidden = true;
  });
  listen(box, 'blur', () => {
    if (open && !commit(null)) close(null);
  });

  return {
    isOpen: () => !!open,
    cancel: () => open && close(null),
    // `leave(direction)` hears where to go next: null when the focus went elsewhere by itself.
    open({ place, value, label, limit = Number.MAX_VALUE, typed, save, leave }) {
      if (!commit(null)) close(null);
      open = { value, limit, save, leave };
      const width = Math.max(place.size, 52);
      box.style.cssText = `left:${place.left + (place.size - width) / 2}px;top:${place.top + place.size / 2 - 15}px;width:${width}px`;
      wrong.style.cssText = `left:min(${place.left}px,100% - 240px);top:${place.top + place.size / 2 + 18}px`;
      box.value = typed ?? String(value);
      box.setAttribute('aria-label', label);
      box.removeAttribute('aria-invalid');
      box.hidden = false;
      box.focus({ preventScroll: true });
      if (!typed) box.select();
    },
  };
}
