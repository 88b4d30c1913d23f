// Which output cells show their number: those that were visited, or all of them. What is still to be predicted is no
// cell that was visited: see predicting.mjs.
import { write } from '../shared/nodes.mjs';
import { range } from './windows.mjs';

export function createVisiting({ store, find, predicting }) {
  const { state } = store;
  const button = find('[data-act=all]');
  const isWhole = ({ model, all, visited }) => all || !!model.revealed || visited.size >= model.steps;

  // 'shown', 'empty' or 'secret': what a cell of the output looks like.
  function resultOf(step) {
    if (predicting.secret(step)) return 'secret';
    return state.model.predict || isWhole(state) || state.visited.has(step) ? 'shown' : 'empty';
  }
  // The step on show, once its result is there, and all that were played on the way.
  function visit() {
    const { model, step, preview, phase, playing, visited } = state;
    if (model.predict) return;
    if (preview !== null) visited.add(preview);
    else {
      if (!phase || phase.result) visited.add(step);
      if (playing && step) visited.add(step - 1);
    }
  }
  let told = '';
  function showButton() {
    const whole = isWhole(state),
      telling = `${whole} ${state.model.revealed} ${state.model.steps < 2} ${state.model.adds}`;
    if (told === telling) return;
    told = telling;
    button.hidden = !!state.model.revealed || state.model.steps < 2 || state.model.adds;
    button.title = whole ? 'Empty the output again' : 'Show the whole output (End)';
    write(button, whole ? 'Hide' : 'Show all');
  }
  return {
    resultOf,
    // The same key, the same results.
    results: () => ({ of: resultOf, key: [state.visited.size, state.seen.size, state.all, state.model.predict].join() }),
    // Before everything is drawn.
    visit() {
      visit();
      showButton();
    },
    // All steps up to this one, as after sliding there.
    upTo: (step) => range(step + 1).forEach((each) => state.visited.add(each)),
    all: () => store.patch({ all: true }),
    toggle: () => store.patch({ all: !isWhole(state), visited: new Set(), preview: null }),
    // Another layer: empty again, or whole again if it was. Its first step is that of the link that led here.
    receive({ before, model }) {
      if (before?.geometry === model.geometry && !before.predict === !model.predict) return;
      state.all = !model.predict && !!before && !before.predict && isWhole({ ...state, model: before });
      state.visited = new Set(before ? [] : range(state.step + 1));
    },
  };
}
