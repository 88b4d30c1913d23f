// When the step that does not fit is tried: once the first row or column has been played to its end, after a change of
// setting that leaves something over or takes in a window that reaches over the end, and where the floor bracket of the formula is pointed at.
import { attemptOf } from './attempt.mjs';

const AXES = ['height', 'width'];

export function createFloors({ find, listen, store, attempt }) {
  const { state } = store;
  const tried = new Set();
  let left = '';

  // One formula stands for both axes where they read the same.
  function point({ target }) {
    const bracket = target.closest?.('[data-role=floor]');
    if (!bracket) return;
    const each = state.model.formulas.some(({ id }) => id === 'width'),
      axis = AXES.indexOf(bracket.closest('.formula').dataset.id);
    // Over the frames no window is tried: they stand side by side.
    if (axis >= 0) attempt.play(each ? axis : null);
  }
  for (const name of ['pointerover', 'focusin', 'click']) listen(find('.formulas'), name, point);

  const leftOver = () => JSON.stringify([0, 1].map((axis) => attemptOf(state.model, axis)?.to ?? []));
  return {
    // Whether anything is tried after this step has been played; each layer does so once along each axis.
    after(step) {
      const { geometry } = state.model,
        axis = [1, 0].find((number) => attemptOf(state.model, number)?.step === step);
      const key = `${axis} ${geometry}`;
      if (axis === undefined || tried.has(key)) return false;
      tried.add(key);
      return attempt.play(axis);
    },
    // Another layer is on show.
    changed(shownBefore) {
      const now = leftOver();
      if (shownBefore && now !== left && !state.playing) attempt.play();
      left = now;
    },
  };
}
