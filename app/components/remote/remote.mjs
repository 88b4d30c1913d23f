// The presenter's second window: notes, the next scene and the clock beside the keys of a clicker. It stands in the same
// browser as the window on the projector and talks to that one alone.
import { joinHall } from '../shared/hall.mjs';
import { isPlain } from '../shared/keys.mjs';
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';
import { lasted } from './clock.mjs';

const SECOND = 1000;
// What each button asks for: the name of the act and its value.
const ASKED = {
  next: ['key', 'PageDown'],
  back: ['key', 'PageUp'],
  after: ['turn', 1],
  before: ['turn', -1],
  blank: ['cover', 'blank'],
  ask: ['ask', true],
  caption: ['caption', true],
};
const KEYS = { PageDown: 'next', ArrowRight: 'next', PageUp: 'back', ArrowLeft: 'back', b: 'blank', '.': 'blank', q: 'ask', c: 'caption' };

// When a talk began is kept with the window, so that a reload does not begin it again.
const BEGAN = 'slide-and-sum.began';
function keptStart(talk, storage) {
  try {
    const [name, time] = JSON.parse(storage.getItem(BEGAN)) ?? [];
    return name === talk ? time : null;
  } catch {
    return null;
  }
}

function createRemote(host) {
  const find = (name) => host.querySelector(name);
  let place = null, began = 0;

  function tick() {
    if (!place) return;
    write(find('.lasted'), lasted(Date.now() - began));
    write(find('.time'), new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
  }
  function begin(time) {
    began = time;
    try {
      sessionStorage.setItem(BEGAN, JSON.stringify([place.talk, began]));
    } catch { /* A private window may refuse: then a reload begins the clock anew. */ }
    tick();
  }
  function show(next) {
    const another = next && next.talk !== place?.talk;
    place = next;
    find('.talk').hidden = !place;
    find('.waiting').hidden = !!place;
    if (!place) return;
    if (another) begin(keptStart(place.talk, sessionStorage) ?? Date.now());
    write(find('.at'), `Scene ${place.number} of ${place.count}`);
    write(find('.title'), place.title);
    write(find('.note'), place.note);
    write(find('.following'), place.following ? `Next: ${place.following}` : 'This is the last scene.');
  }
  const hall = joinHall(({ kind, ...said }) => {
    if (kind === 'place') show(said.place);
  });
  function ask(name) {
    if (name === 'again') return begin(Date.now());
    const [act, value] = ASKED[name];
    return hall.tell({ kind: 'act', act, value });
  }
  const onClick = ({ target }) => {
    const name = target.closest('button')?.dataset.act;
    if (name) ask(name);
  };
  function onKey(event) {
    const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!name || !place || !isPlain(event)) return;
    event.preventDefault();
    ask(name);
  }
  host.addEventListener('click', onClick);
  addEventListener('keydown', onKey);
  const timer = setInterval(tick, SECOND);
  hall.tell({ kind: 'hello' });

  return {
    update() {},
    destroy() {
      clearInterval(timer);
      hall.leave();
      host.removeEventListener('click', onClick);
      removeEventListener('keydown', onKey);
    },
  };
}

export default mounting(createRemote);
