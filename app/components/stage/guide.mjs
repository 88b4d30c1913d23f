// A guide over the first cells of a convolution: the stage plays them slowly, and says at each station what happens.
//
// The page around asks for it: by the event `slide-and-sum-guide` on the window, or, for a stage that has yet to be drawn,
// by the attribute data-guide="asked" of the document (app/web/opening does both). A press, a key or Escape ends it.
import { readingTime } from '../shared/captions.mjs';
import { write } from '../shared/nodes.mjs';
import { stationOf, stationSentence } from './stations.mjs';

export const GUIDE = 'slide-and-sum-guide';
// How many cells are played, and how much slower.
const CELLS = 3, SLOWER = 0.55, PHONE = 600;
const OVER = 'That is a convolution, written ∗. Press Play for the rest, or change any number.';

// The link has its address only while it is shown: even hidden it counts as the page's first, and Streamlit's link to the
// main part would no longer be told from others.
const COURSE = './course';

export function createGuide({ root, find, listen, store, player, pointing }) {
  const { state } = store, box = find('.guide'), words = find('.guide p'), onward = find('.guide a'), wait = find('.guide .wait');
  // off; on, while it plays; ending, from the last cell until the stage has come to rest; over, until something is done.
  let phase = 'off', said = '', since = 0, waiting = false;

  function say(station) {
    const { model, step } = state;
    const text = station === 'over' ? OVER : stationSentence({ station, window: model.window(step), model });
    if (text === said) return;
    said = text;
    since = performance.now();
    write(words, text);
  }
  // All else on the page steps back while it speaks (app/page/workbench.css, guide.css).
  function dim(on) {
    if (on) document.documentElement.dataset.guided = '';
    else delete document.documentElement.dataset.guided;
    root.classList.toggle('guided', on);
  }
  function hold(on) {
    waiting = on;
    write(wait, on ? 'Go on' : 'Pause');
  }
  function end() {
    phase = 'off';
    box.hidden = true;
    dim(false);
  }
  // The last sentence stays until somebody does something.
  function rest() {
    if (phase !== 'ending') return;
    player.pause();
    phase = 'over';
    onward.hidden = false;
    onward.href = COURSE;
    wait.hidden = true;
    dim(false);
    say('over');
  }

  function start() {
    delete document.documentElement.dataset.guide;
    if (!state.model?.conv || state.model.steps < CELLS) return;
    player.pause();
    pointing.clear();
    player.goTo(0);
    said = '';
    onward.hidden = true;
    onward.removeAttribute('href');
    wait.hidden = box.hidden = false;
    hold(false);
    dim(true);
    // On a phone the heading gives its room to the sum.
    if (root.clientWidth < PHONE) root.scrollIntoView({ block: 'start' });
    say('slide');
    phase = 'on';
    player.act('play');
  }

  store.watch(() => {
    if (phase === 'on' && !state.playing) end();
    else if (phase === 'on' && state.phase) say(stationOf(state.phase));
    else if (phase === 'over' && state.playing) end();
  });
  listen(window, GUIDE, start);
  const interrupt = ({ target, key }) =>
    phase !== 'off' && !box.contains(target) && !['Tab', 'Shift'].includes(key) && end();
  listen(root, 'pointerdown', interrupt);
  listen(root, 'keydown', interrupt);
  listen(wait, 'click', () => hold(!waiting));
  listen(find('.guide .end'), 'click', () => {
    player.pause();
    end();
  });
  return {
    // A stage that has just been drawn: whether it was asked for before.
    receive() {
      if (document.documentElement.dataset.guide === 'asked') start();
    },
    // Time to read, and to come to rest.
    holds: () => phase === 'ending' || (phase === 'on' && (waiting || performance.now() - since < readingTime(said))),
    speed: () => (phase === 'on' ? SLOWER : 1),
    // Whether the guide ends with this step; the stage then stays at it.
    after(step) {
      if (phase !== 'on' || step < CELLS - 1) return phase === 'ending';
      phase = 'ending';
      setTimeout(rest);
      return true;
    },
  };
}
