// Results that the learner is to predict: each is hidden until it is asked for.
import { write } from '../shared/nodes.mjs';

export function createPredicting({ store, find }) {
  const { state } = store;
  const button = find('.reveal');
  // What there is to predict; other numbers or another layer, and every step asks again.
  let asked = '';
  const secret = (step) => !!state.model.predict && !state.all && !state.seen.has(step);

  store.watch(() => {
    const hidden = secret(state.step);
    write(button, hidden ? 'Reveal' : 'Next');
    button.setAttribute('aria-label', hidden ? 'Reveal the result' : 'On to the next step');
  });
  return {
    secret,
    reveal: () => store.patch({ seen: new Set([...state.seen, state.step]), preview: null }),
    receive({ predict, geometry, layers }) {
      const now = JSON.stringify([!!predict, geometry, layers.map(({ values }) => values)]);
      if (now !== asked) Object.assign(state, { seen: new Set(), all: state.all && !predict });
      asked = now;
      button.hidden = !predict;
    },
  };
}
