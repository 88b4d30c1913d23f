// What is on show, drawn: the picture, the products, the words, the place of the step among all.
import { write } from '../shared/nodes.mjs';
import { copySentence } from './adding.mjs';
import { tablesOf } from './tables.mjs';
import { storyShape } from './sum_lines.mjs';
import { stillPose, withoutResult } from './timeline.mjs';
import { agrees } from './windows.mjs';
import { windowSentence } from './words.mjs';

const SPEAK_AFTER = 500;

export function createShowing({ root, find, store, picture, sheet, calculation, commits, predicting, visiting, captions }) {
  const { state } = store;
  const { secret } = predicting;
  const [readout, live, tables, scrub, count, difference, play] = [
    '.readout',
    '.live',
    '.tables',
    '.scrub',
    '.count',
    '.difference',
    '[data-act=play]',
  ].map(find);
  let speaking = 0,
    due = '',
    heard = false,
    tabled = '';

  // Spoken once it rests, so that a screen reader is not told of every cell on the way. What is on its way is not put off
  // when it is said again.
  function say(text) {
    write(readout, text);
    if (state.playing || (speaking && text === due)) return;
    clearTimeout(speaking);
    due = text;
    speaking = setTimeout(speak, SPEAK_AFTER);
  }
  // What stands there from the first is read in its turn: it interrupts nobody who has just arrived.
  function speak() {
    speaking = 0;
    write(live, due);
    writeTables();
    if (!heard) setTimeout(() => live.setAttribute('aria-live', 'polite'), SPEAK_AFTER);
    heard = true;
  }

  // Written only where something has changed: whoever reads there keeps their place.
  function writeTables() {
    const { model, step } = state;
    const text = tablesOf({ model, map: model.place(step).map, step, resultOf: visiting.resultOf });
    if (text !== tabled) tables.innerHTML = tabled = text;
  }

  // The result is not given away before it drops in. `more` is said after it.
  function sayWindow(window, phase, more = '') {
    const { model } = state,
      station = secret(window.step) ? '' : captions.stationOf(phase);
    if (captions.waits(phase)) return;
    if (station) return say(captions.sentence({ station, window, model }));
    if (model.adds) return say(copySentence({ window, model }));
    const asks = secret(window.step) ? ' What comes out?' : '';
    say(windowSentence({ window, model, whole: !asks && (!phase || phase.result) }) + asks + more);
  }

  // The sum shown here and the output cell computed there must be one number; if not, it is said.
  function compare({ step, sums }) {
    const expected = (index) => state.model.layers[index].values[step];
    const wrong = commits.waiting('edit').length
      ? -1
      : sums.findIndex((sum, index) => !agrees({ sum, expected: expected(index) }));
    difference.hidden = wrong < 0;
    if (!difference.hidden)
      write(
        difference,
        `The products shown here give ${sums[wrong].result}, but the layer computed ${expected(wrong)}.`,
      );
  }

  function showTransport() {
    root.classList.toggle('playing', state.playing);
    play.setAttribute('aria-label', state.playing ? 'Pause' : 'Play');
    const place = `step ${state.step + 1} of ${state.model.steps}`;
    scrub.value = state.step;
    scrub.setAttribute('aria-valuetext', place);
    write(count, place);
  }

  // Playing asks for the same windows at every frame.
  let kept = { model: null, windows: new Map() },
    told = '';
  function windowAt(step) {
    const { model } = state;
    if (kept.model !== model || kept.windows.size > 8) kept = { model, windows: new Map() };
    if (!kept.windows.has(step)) kept.windows.set(step, model.window(step));
    return kept.windows.get(step);
  }

  function show() {
    visiting.visit();
    const { model, step, preview } = state;
    const window = windowAt(preview ?? step);
    let phase = preview === null ? state.phase : null;
    const hidden = !model.adds && secret(window.step);
    if (hidden) phase = withoutResult(phase ?? stillPose(storyShape(model)));
    picture.show({ window, phase, results: visiting.results() });
    const from = state.from === null || preview !== null ? null : windowAt(state.from);
    sheet.show({ window, pose: preview === null ? state.phase : null, from });
    calculation.show({ window, pose: phase, secret: hidden, last: phase && !hidden ? (from ?? window) : null });
    // What is said changes when the result drops, or at each station that has a caption, not from frame to frame.
    const saying = `${window.step} ${phase?.result} ${hidden} ${state.playing} ${captions.stationOf(phase)}`;
    if (state.phase && saying === told) return;
    told = saying;
    sayWindow(window, phase);
    compare(window);
    showTransport();
  }

  store.watch(show);
  return {
    show,
    say,
    // Back from what was pointed at to the step itself.
    sayStep: (more) => sayWindow(state.model.window(state.step), null, more),
    stop: () => clearTimeout(speaking),
  };
}
