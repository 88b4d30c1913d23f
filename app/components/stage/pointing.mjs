// Lighting up what belongs together, by pointer and by key: a cell, a term of a formula, a product.
import { cellMarks, productMarks, roleMarks } from './marks.mjs';

export function createPointing(stage) {
  const { root, find, listen, store, picture, showing } = stage;
  const { state } = store;
  const [svg, formulas] = ['.picture', '.formulas'].map(find),
    { calculation } = stage;
  let tapped = null;

  const lightTerms = (role) =>
    root
      .querySelectorAll('.term, .bracket')
      .forEach((term) => term.classList.toggle('on', !!role && term.dataset.role === role));

  // `preview` is the step of an output cell pointed at; it never becomes the step by itself.
  const endPreview = () => state.preview !== null && store.patch({ preview: null });

  function clear() {
    lightTerms(null);
    picture.mark({});
    endPreview();
    if (!state.playing) showing.sayStep();
  }

  function point(cell) {
    const { model, step } = state;
    const { marks, role, words } = cellMarks({ cell, model, map: model.place(step).map });
    endPreview();
    picture.mark(marks);
    lightTerms(role);
    if (words) showing.say(words);
    else store.patch({ preview: model.stepAt(cell.panel, cell.row, cell.column) });
  }

  function lightTerm(event) {
    const term = event.target.closest?.('[data-role]');
    if (!term) return;
    const { role, meaning } = term.dataset;
    const { model, step } = state;
    lightTerms(role);
    if (meaning) showing.say(meaning);
    picture.mark(roleMarks({ role, model, id: term.closest('.formula').dataset.id, step }), role);
  }

  function click(event) {
    const { cell } = event.target,
      pick = event.target.closest('.pick');
    if (pick) choose(pick);
    if (!cell) {
      tapped = null;
      clear();
      return;
    }
    if (cell.kind === 'output') {
      stage.player.pause();
      stage.player.goTo(state.model.stepAt(cell.panel, cell.row, cell.column));
      return;
    }
    // By touch, the first tap asks what the cell does, the second edits it.
    if (event.pointerType === 'touch' && tapped !== cell) {
      tapped = cell;
      point(cell);
      return;
    }
    tapped = null;
    stage.editing.edit(cell);
  }

  // The kernel of another output channel, at the same place.
  function choose(pick) {
    const { row, column } = state.model.place(state.step);
    stage.player.goTo(state.model.stepAt(pick.map, row, column));
  }

  listen(svg, 'pointerover', (event) => {
    if (event.pointerType !== 'touch' && event.target.cell && !stage.editing.isOpen()) point(event.target.cell);
    else if (!event.target.cell) clear();
  });
  listen(svg, 'pointerleave', (event) => {
    if (event.pointerType !== 'touch') clear();
  });
  listen(svg, 'click', click);
  for (const name of ['pointerover', 'focusin', 'click']) listen(formulas, name, lightTerm);
  for (const name of ['pointerleave', 'focusout']) listen(formulas, name, clear);
  // A product points at the two numbers that it comes from.
  listen(calculation.root, 'pointerover', (event) => {
    const cell = event.target.closest('.product')?.tap;
    picture.mark(cell ? productMarks({ ...cell, window: state.model.window(state.step) }) : {});
  });
  listen(calculation.root, 'pointerleave', () => picture.mark({}));
  return { point, clear, choose };
}
