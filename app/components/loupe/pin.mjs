// The pinned place: moved here, committed once it rests, and taken over from Python where that is news.
import { createEcho } from '../shared/echo.mjs';
import { write } from '../shared/nodes.mjs';
import { placeFirst, placeName } from '../shared/places.mjs';
import { clamp } from './axis.mjs';
import { checkedAt, factorOf, indexOf, liveWindow, sumOf } from './readings.mjs';
import { spokenNumber } from './words.mjs';

const COMMIT_AFTER = 300, SPEAK_AFTER = 500;

export function createPinning(loupe) {
  const { find, pair, commits } = loupe, echo = createEcho({ commits }), timers = {};
  const later = (name, wait, act) => { clearTimeout(timers[name]); timers[name] = setTimeout(act, wait); };

  function commit() {
    clearTimeout(timers.commit);
    if (echo.holds(loupe.pin)) return;
    echo.sent(loupe.pin);
    commits.add('place', [...loupe.pin]);
  }
  function speak() {
    const index = indexOf(loupe, loupe.pin);
    const live = factorOf(loupe, 'original') > 1 ? null : sumOf(loupe, liveWindow(loupe, index));
    const { results } = checkedAt(loupe, index)?.sum ?? live ?? {};
    const result = results ? `, result ${results.map((value) => spokenNumber(value)).join(', ')}` : '';
    write(find('.live'), `${placeFirst(...loupe.pin)}${result}`);
  }
  function name() {
    pair.setAttribute('aria-label', `Pinned at ${placeName(...loupe.pin)}. Arrow keys move the pin by `
      + 'a pixel of the result, with Shift by 8; plus, minus and 0 change the size.');
  }
  return {
    commit,
    // Pins the place at the middle of a window.
    moveTo(index) {
      loupe.pin = loupe.header.layer.axes.map(({ outputs, middles }, along) =>
        middles[clamp(index[along], 0, outputs - 1)]);
      name();
      later('commit', COMMIT_AFTER, commit);
      later('speak', SPEAK_AFTER, speak);
      loupe.ask('place');
    },
    receive(component, { place, commits: taken }) {
      const waited = commits.isWaiting();
      commits.receive(component, taken);
      if (echo.isNews(place)) {
        clearTimeout(timers.commit);
        loupe.pin = place;
      } else if (waited && !commits.isWaiting()) {
        // What was pinned here has been computed.
        later('speak', SPEAK_AFTER, speak);
      }
      name();
    },
    stop: () => Object.values(timers).forEach(clearTimeout),
  };
}
