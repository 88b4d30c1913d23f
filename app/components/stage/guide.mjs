// A guide over the first cells of a convolution: the stage plays them slowly, and says at each station what happens.
//
// The page around asks for it: by the event `slide-and-sum-guide` on the window, or, for a stage that has yet to be drawn,
// by the attribute data-guide="asked" of the document (app/web/opening does both). A press, a key or Escape ends it.
import { formatNumber } from '../shared/numbers.mjs';
import { write } from '../shared/nodes.mjs';

export const GUIDE = 'slide-and-sum-guide';
// How many cells are played, how much slower, and how long one looks at a sentence before things go on: milliseconds a word.
const CELLS = 3, SLOWER = 0.55, PER_WORD = 260, PHONE = 600;

// Where a step stands in its story.
export function stationOf(pose) {
  if (pose === null) return 'over';
  if (pose.glide < 1) return 'slide';
  if (pose.drop > 0) return 'write';
  return pose.choice > 0 || pose.adding > 0 || pose.flights.every((share) => share === 1) ? 'add' : 'multiply';
}

// What is said at a station of a step: `taps` numbers lie under the window, `result` is what they come to.
export function guideSentence({ station, step, taps, result, biased = false, columns = Infinity }) {
  const sum = biased ? `Add all of them and the bias: ${result}.` : `Add the products: ${result}.`;
  if (station === 'over')
    return 'That is a convolution. Press Play for the rest, or change any number.';
  if (step === 0)
    return {
      slide: `A small window lies on the input. It holds ${taps} numbers.`,
      multiply: 'Multiply each of them by the kernel’s number that lies on it.',
      add: sum,
      write: 'This sum is the first number of the output.',
    }[station];
  const to = step % columns === 0 ? 'The window starts the next row.' : 'The window slides on: other numbers, the same kernel.';
  return { slide: to, multiply: 'Multiply again.', add: sum, write: 'The sum goes into the next cell of the output.' }[station];
}

// The link has its address only while it is shown: even hidden it counts as the page's first, and Streamlit's link to the
// main part would no longer be told from others.
const COURSE = './course';

export function createGuide({ root, find, listen, store, player, pointing }) {
  const { state } = store, box = find('.guide'), words = find('.guide p'), onward = find('.guide a'), wait = find('.guide .wait');
  // off; on, while it plays; ending, from the last cell until the stage has come to rest; over, until something is done.
  let phase = 'off', said = '', since = 0, waiting = false;

  function say(station) {
    const { model, step } = state, window = model.window(step), [sum] = window.sums;
    const taps = sum.products.flat().length, result = formatNumber(sum.result, 6);
    const text = guideSentence({ station, step, taps, result, biased: Boolean(model.bias), columns: model.columns });
    if (text === said) return;
    said = text;
    since = performance.now();
    write(words, text);
  }
  // All else on the page steps back while it speaks (app/page/frame.css, guide.css).
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
    holds: () => phase === 'ending' || (phase === 'on' && (waiting || performance.now() - since < PER_WORD * said.split(' ').length)),
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
