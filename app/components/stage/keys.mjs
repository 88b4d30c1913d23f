// The keys: on the stage itself, and from elsewhere on the page where nothing else takes them.
import { BUSY } from '../shared/keys.mjs';

const KEYS = {
  ' ': 'play',
  ArrowRight: 'forward',
  ArrowLeft: 'back',
  PageDown: 'forward',
  PageUp: 'back',
  ArrowDown: 'down',
  ArrowUp: 'up',
  Home: 'first',
  End: 'last',
};
// Keys that the stage takes when nothing else on the page has the focus; PageUp, Home and so on scroll the page then.
const AFAR = [' ', 'ArrowRight', 'ArrowLeft'];
// Space presses a button that somebody has come to by key; on one that was clicked it plays.
const isPressed = ({ key, target }) => key === ' ' && target.matches?.('button:focus-visible');
const modified = (event) => event.ctrlKey || event.metaKey || event.altKey;

export function createKeys(stage) {
  const { root, find, listen, store, picture, player, predicting, visiting } = stage;
  const { state } = store;
  const speed = find('select');

  // On a result that is still to be predicted, going on means revealing it.
  function act(name) {
    const on = name === 'reveal' || name === 'forward';
    if (on && predicting.secret(state.step)) predicting.reveal();
    else if (name === 'all') visiting.toggle();
    else if (name !== 'reveal' || !state.playing) {
      state.preview = null;
      if (name === 'last' && !state.model.predict) visiting.all();
      player.act(name === 'reveal' ? 'forward' : name);
    }
  }
  // Before a class a clicker goes on from the last step to the next look or scene.
  const goesOn = ({ key }) =>
    state.model.present && key.startsWith('Page') && !predicting.secret(state.step) && player.isOver(KEYS[key]);

  function onStage(event) {
    if (goesOn(event)) return;
    // Streamlit's own hotkeys (r, c) listen on the document: no key typed in here is meant for them. Escape leads out of
    // the presenter view where nothing here takes it.
    const leaves = event.key === 'Escape' && state.model.present && event.target !== speed;
    if (!leaves) event.stopPropagation();
    if (modified(event) || event.target === speed || isPressed(event)) return;
    const panel = event.target.closest && picture.panelAt(event.target.closest('.panel')),
      pick = event.target.closest?.('.pick');
    // Enter reveals, but for somebody who walks on the cells with the keys or stands on a button.
    const edits = panel && panel.kind !== 'output' && !predicting.secret(state.step);
    const asked =
      event.key === 'Enter' && state.model.predict && !event.target.matches('button') && !pick && !edits;
    if (asked && !stage.walking.isOn()) {
      event.preventDefault();
      act('reveal');
    } else if (panel && stage.walking.key(panel, event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (pick && event.key === 'Enter') stage.pointing.choose(pick);
    else if (KEYS[event.key]) {
      event.preventDefault();
      act(KEYS[event.key]);
    }
  }

  function fromAfar(event) {
    const { model } = state;
    if (!model || event.defaultPrevented) return;
    const name = model.predict && event.key === 'Enter' ? 'reveal' : KEYS[event.key];
    const busy = event.composedPath()[0].closest?.(BUSY);
    // A switch that was just clicked does nothing with Enter or an arrow, only with the space bar.
    const free = !busy || (event.key !== ' ' && busy.matches('[type=checkbox]'));
    const taken = model.present || model.predict || AFAR.includes(event.key);
    if (!name || !free || !taken || modified(event) || goesOn(event)) return;
    event.preventDefault();
    act(name);
  }

  listen(root, 'keydown', onStage);
  // Firefox clicks a focused button when the space bar comes up, even if going down was taken.
  listen(root, 'keyup', (event) => {
    if (event.key === ' ' && event.target.matches('button, .scrub') && !isPressed(event)) event.preventDefault();
  });
  listen(document, 'keydown', fromAfar);
  listen(find('.transport'), 'click', (event) => {
    const button = event.target.closest('button');
    if (button?.dataset.act) act(button.dataset.act);
  });
  listen(find('.scrub'), 'input', ({ target }) => {
    player.pause();
    visiting.upTo(target.valueAsNumber);
    player.goTo(target.valueAsNumber);
  });
}
