// Captions: while they are on, each station of a step that is played is said below the picture, and waits to be read.
// From the third step on things go quickly: there each step is one sentence.
import { createCaptionsButton, readingTime } from '../shared/captions.mjs';
import { stationOf, stationSentence } from './stations.mjs';

export function createCaptions({ root, find, listen, store, speed }) {
  const { state } = store,
    readout = find('.readout'),
    { isOn } = createCaptionsButton({ root, listen });
  let said = '',
    since = 0;

  return {
    // The station that is said at a moment of the story; empty where the step is one sentence.
    stationOf: (phase) => (isOn() && phase && phase.pace !== 'quick' ? stationOf(phase) : ''),
    sentence: stationSentence,
    // Whether a quick step still goes on: what was said of the one before stays meanwhile.
    waits: (phase) => isOn() && phase?.pace === 'quick' && !phase.result,
    // Time to read.
    holds() {
      if (!isOn()) return false;
      const now = readout.textContent;
      if (now !== said) [said, since] = [now, performance.now()];
      return state.playing && performance.now() - since < readingTime(said) / speed();
    },
  };
}
