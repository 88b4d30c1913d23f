// The presenter view as a whole: where the keyboard is on the way in and out, and what a clicker's keys do where no
// part of the page takes them: they turn a long look screen by screen, and at its end go on to the next look. Escape
// leads out, where no part of the page keeps it to itself.
import { createCommits, forgetTaken } from '../shared/commits.mjs';
import { isPlain } from '../shared/keys.mjs';
import { mounting } from '../shared/mount.mjs';
import { turnedTo } from './paging.mjs';

// The page around is drawn in the same run, some parts a moment later than this one.
const TRIES = 40, APART = 50;
const STEPS = { PageDown: 1, PageUp: -1 };
const TYPED_IN = 'input, textarea, select, [role=slider], [contenteditable]';

// A list that Escape closes.
const OPEN = '[aria-expanded=true]';

const main = () => document.querySelector('[data-testid="stMain"]');

// What may not be cut in two: the rows of a gallery, and every other element as a whole.
function blocksOf(scroller) {
  const from = scroller.getBoundingClientRect().top - scroller.scrollTop;
  return [...scroller.querySelectorAll('[data-testid="stElementContainer"]')]
    .flatMap((element) => {
      const inside = [...element.querySelectorAll('[data-testid="stBidiComponentIsolated"]')]
        .flatMap((host) => [...(host.shadowRoot?.querySelectorAll('section[role=group]') ?? [])]);
      return inside.length ? inside : [element];
    })
    .map((node) => node.getBoundingClientRect())
    .filter(({ height }) => height > 4)
    .map(({ top, bottom }) => [top - from, bottom - from])
    .sort(([a], [b]) => a - b);
}

function createPresenter() {
  let shown = null, timer = 0;
  const commits = createCommits(), still = matchMedia('(prefers-reduced-motion: reduce)');

  // The button that was pressed is gone: the keyboard goes to the heading, and Tab on from there.
  function takeFocus(left) {
    const heading = document.querySelector('.presenting, .lead h1');
    const lost = !document.activeElement || document.activeElement === document.body;
    if (heading && lost && heading.matches('.presenting') === shown.present) heading.focus({ preventScroll: true });
    else if (left) timer = setTimeout(() => takeFocus(left - 1), APART);
  }

  function onKey(event) {
    const step = STEPS[event.key], scroller = main();
    if (!shown?.present || !isPlain(event)) return;
    // The page's own button takes it too, and would lose it with a line that is cut.
    if (event.key === 'Escape' && !event.target.closest?.(OPEN)) commits.add('leave', true);
    if (!step || !scroller || event.defaultPrevented || event.target.closest?.(TYPED_IN)) return;
    event.preventDefault();
    const { scrollTop: top, clientHeight: height, scrollHeight } = scroller;
    const to = turnedTo({ blocks: blocksOf(scroller), top, end: scrollHeight - height, height, step });
    if (Math.abs(to - top) > 1) scroller.scrollTo({ top: to, behavior: still.matches ? 'auto' : 'smooth' });
    else {
      scroller.scrollTo(0, 0);
      commits.add('turn', step);
    }
  }
  // On the window: whatever takes these keys on the document has had them by then.
  addEventListener('keydown', onKey);

  return {
    update(next) {
      const { commits: taken, seen } = next.data;
      forgetTaken({ session: taken.session, seen });
      commits.receive(next, taken);
      const moved = next.data.turn && next.data.turn !== shown?.turn;
      shown = next.data;
      if (!moved) return;
      clearTimeout(timer);
      timer = setTimeout(() => takeFocus(TRIES), APART);
    },
    destroy() {
      commits.destroy();
      clearTimeout(timer);
      removeEventListener('keydown', onKey);
    },
  };
}

export default mounting(createPresenter);
