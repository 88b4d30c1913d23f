// Kernels as what they make of the picture. What is pressed is sent to the page; what is pointed at or has the focus
// is left as a message for the loupe, which shows it large.
import { createCommits } from '../shared/commits.mjs';
import { pageMessages } from '../shared/messages.mjs';
import { mounting } from '../shared/mount.mjs';
import { createRoving } from '../shared/roving.mjs';
import { followTheme } from '../shared/theme.mjs';
import { attended, previewed } from './attention.mjs';
import { markedKernel } from './choice.mjs';
import { createGlimpses } from './glimpses.mjs';
import { createItems } from './items.mjs';

const idUnder = ({ target }) => target.closest('.kernel')?.dataset.kernel ?? null;

// Tells `attend` what pointer and focus do.
function followAttention(root, listen, attend) {
  // A finger covers what it points at: it chooses at once.
  listen(root, 'pointerover', (event) => {
    if (event.pointerType !== 'touch') attend({ kind: 'point', id: idUnder(event) });
  });
  listen(root, 'pointerleave', () => attend({ kind: 'point' }));
  listen(root, 'focusin', (event) => {
    if (event.target.matches(':focus-visible')) attend({ kind: 'focus', id: idUnder(event) });
  });
  listen(root, 'focusout', () => attend({ kind: 'focus' }));
  listen(root, 'keydown', (event) => { if (event.key === 'Escape') attend({ kind: 'none' }); });
}

function createShelf(host) {
  const root = host.querySelector('.shelf'), ended = new AbortController(), commits = createCommits();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const items = createItems(root), messages = pageMessages();
  const setStops = createRoving({ root, items: items.buttons, listen });
  let shown = null, attention = { pointed: null, focused: null }, left = null, revealed = '';

  const marked = () => markedKernel(shown.chosen, commits.waiting('kernel'));
  // Leaves the kernel that is looked at for the loupe, or takes it away.
  function preview() {
    const id = shown && previewed(attention, shown.chosen, left?.id), at = shown?.kernels.findIndex((kernel) => kernel.id === id);
    const bitmap = id && glimpses.large(at), next = bitmap ? { id, title: shown.kernels[at].title, bitmap } : null;
    if (next?.bitmap === left?.bitmap) return;
    left = next;
    messages.put(shown.preview, next);
  }
  const glimpses = createGlimpses({ changed() { items.draw(glimpses.small); preview(); } });
  function receivePictures() {
    const pictures = shown && messages.read(`${shown.key} pictures`);
    if (pictures) glimpses.receive(pictures);
  }
  const stopListening = messages.listen((name) => { if (name === `${shown?.key} pictures`) receivePictures(); });
  followAttention(root, listen, (event) => {
    attention = attended(attention, event);
    preview();
  });
  listen(root, 'click', (event) => {
    const id = idUnder(event);
    if (!id || id === marked()) return;
    commits.add('kernel', id, id);
    items.say(shown.kernels, marked());
  });
  return {
    update(next) {
      shown = next.data;
      commits.receive(next, shown.commits);
      followTheme(root);
      items.say(shown.kernels, marked());
      items.draw(glimpses.small);
      if (marked() !== revealed) items.reveal(marked());
      revealed = marked();
      setStops();
      receivePictures();
      preview();
    },
    destroy() {
      ended.abort();
      stopListening();
      if (left) messages.put(shown.preview, null);
      glimpses.stop();
      commits.destroy();
    },
  };
}

export default mounting(createShelf);
