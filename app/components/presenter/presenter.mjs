// The presenter view as a whole: where the keyboard is on the way in and out, and what a clicker's keys do where no
// part of the page takes them: they turn a long look screen by screen, and at its end go on to the next look. Escape
// leads out, where no part of the page keeps it to itself.
// B or . blanks the screen, P aims a spotlight, F fills the screen, C shows captions, Q hides sizes and counts until the next
// key; in a talk digits name a scene, Shift with a page key goes on by a whole one, and R opens the remote.
import { createCaptionsChoice } from '../shared/captions.mjs';
import { createCommits, forgetTaken } from '../shared/commits.mjs';
import { isPlain } from '../shared/keys.mjs';
import { mounting } from '../shared/mount.mjs';
import { createAsking } from './asking.mjs';
import { createCovering } from './covering.mjs';
import { createJumping } from './jumping.mjs';
import { createLive } from './live.mjs';
import { turnedTo } from './paging.mjs';
import { createPrompting } from './prompting.mjs';

// The page around is drawn in the same run, some parts a moment later than this one.
const TRIES = 40, APART = 50;
const STEPS = { PageDown: 1, PageUp: -1 };
const TYPED_IN = 'input, textarea, select, [role=slider], [contenteditable]';

// Where digits are numbers of the picture's own.
const WALKED_ON = `${TYPED_IN}, .panel`;
const COVERS = { b: 'blank', '.': 'blank', p: 'spot' };

// The parts of the slim bar, and a list that one of them has opened.
const BAR = '.strip, .speed, .captions, [class*="styled-live"], [data-baseweb="popover"]';

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

// Where somebody stands, also within a component.
function focused() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}
const standsInBar = () => !!focused()?.closest?.(BAR);

// A key as if it had been pressed here.
const press = (key) =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
const openRemote = () => open(new URL('?remote=1', location.href), 'slide-and-sum-remote', 'popup,width=620,height=760');

function createPresenter() {
  let shown = null, timer = 0;
  const commits = createCommits(), still = matchMedia('(prefers-reduced-motion: reduce)');

  const live = createLive({ root: document.documentElement, isHeld: standsInBar });
  const asking = createAsking({ root: document.documentElement });
  const ended = new AbortController();
  const captions = createCaptionsChoice({ listen: (target, name, act) => target.addEventListener(name, act, { signal: ended.signal }) });
  const covering = createCovering(), jumping = createJumping({ jump: (number) => commits.add('jump', number) });

  const prompting = createPrompting({
    acts: {
      key: press,
      turn: (step) => commits.add('turn', step),
      cover: (kind) => covering.toggle(kind),
      ask: () => asking.toggle(),
      caption: () => captions.toggle(),
    },
  });
  const onHide = () => prompting.show(null);
  // Gone back to, a page may be as it was left.
  const onShow = () => prompting.show(shown?.place ?? null);
  addEventListener('pagehide', onHide);
  addEventListener('pageshow', onShow);

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  // Keys of the hall, whatever has the focus: they come before all others.
  function onHallKey(event) {
    if (!shown?.present || !isPlain(event)) return;
    // What cannot be seen cannot be reached by Tab either.
    if (event.key === 'Tab') live.wake();
    const from = event.composedPath()[0], key = event.key.toLowerCase();
    const taken = () => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    if (covering.isBlank()) {
      covering.remove();
      taken();
    } else if (event.shiftKey && STEPS[event.key]) {
      asking.reveal();
      commits.add('turn', STEPS[event.key]);
      taken();
    } else if (from.closest?.(WALKED_ON)) {
      return;
    } else if (asking.take(event.key.length === 1 ? key : event.key)) {
      taken();
    } else if (key === 'q') {
      asking.toggle();
      taken();
    } else if (COVERS[key]) {
      covering.toggle(COVERS[key]);
      taken();
    } else if (key === 'c') {
      captions.toggle();
      taken();
    } else if (key === 'f') {
      fullScreen();
      taken();
    } else if (shown.place && key === 'r') {
      openRemote();
      taken();
    } else if (shown.place && jumping.take(key)) taken();
  }
  function onMove({ clientX, clientY }) {
    covering.move(clientX, clientY);
    if (shown?.present) live.wake();
  }
  addEventListener('keydown', onHallKey, true);
  addEventListener('pointermove', onMove);

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
      if (!shown.present) {
        covering.remove();
        live.hide();
        asking.reveal();
      }
      asking.begin(shown.present ? shown.place : null);
      prompting.show(shown.present ? shown.place : null);
      if (!moved) return;
      clearTimeout(timer);
      timer = setTimeout(() => takeFocus(TRIES), APART);
    },
    destroy() {
      ended.abort();
      commits.destroy();
      covering.remove();
      live.hide();
      asking.reveal();
      jumping.cancel();
      prompting.leave();
      removeEventListener('pagehide', onHide);
      removeEventListener('pageshow', onShow);
      removeEventListener('keydown', onHallKey, true);
      removeEventListener('pointermove', onMove);
      clearTimeout(timer);
      removeEventListener('keydown', onKey);
    },
  };
}

export default mounting(createPresenter);
