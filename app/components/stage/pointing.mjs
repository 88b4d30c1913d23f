// Lighting up what belongs together, by pointer and by key: a cell, a term of a formula, a product.
import { cellMarks, productMarks, productsOf, roleMarks } from './marks.mjs';

export function createPointing(stage) {
  const { root, find, listen, store, picture, showing } = stage;
  const { state } = store;
  const [svg, formulas, strip] = ['.picture', '.formulas', '.strip'].map(find),
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
    // A pointer may leave the formulas while the stage is still being made.
    if (!picture.isBuilt()) return;
    picture.mark({});
    calculation.light(null);
    endPreview();
    if (!state.playing) showing.sayStep();
  }

  function point(cell) {
    const { model, step } = state;
    const { marks, role, words } = cellMarks({ cell, model, map: model.place(step).map });
    endPreview();
    picture.mark(marks);
    calculation.light(productsOf({ cell, model, window: model.window(step) }));
    lightTerms(role);
    if (words) showing.say(words);
    else store.patch({ preview: model.stepAt(cell.panel, cell.row, cell.column) });
  }

  // A product points at the two numbers that it comes from.
  function pointAtProduct({ slice, tap }) {
    picture.mark(productMarks({ slice, tap, window: state.model.window(state.step) }));
    calculation.light((other) => other.slice === slice && other.tap === tap);
  }

  function lightTerm(event) {
    const term = event.target.closest?.('[data-role]');
    if (!term) return;
    const { role, meaning } = term.dataset;
    const { model, step } = state;
    lightTerms(role);
    if (meaning) showing.say(meaning);
    picture.mark(roleMarks({ role, model, id: term.closest('.formula')?.dataset.id ?? 'height', step }), role);
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
    if (cell.kind === 'output' && !state.model.adds) {
      stage.player.pause();
      stage.player.goTo(state.model.stepAt(cell.panel, cell.row, cell.column));
      return;
    }
    if (cell.kind === 'output') return point(cell);
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
    const { map, row, column } = state.model.place(state.step);
    stage.player.goTo(state.model.stepAt(state.model.mapBeside(map, pick.map), row, column));
  }

  listen(svg, 'pointerover', (event) => {
    // A mouse that rests where a button was pressed points at nothing: the guide shows what it speaks of.
    if (root.classList.contains('guided')) return;
    const { cell } = event.target,
      product = event.target.closest('.product');
    if (event.pointerType !== 'touch' && cell && !stage.editing.isOpen()) point(cell);
    else if (!cell) clear();
    if (product) pointAtProduct(product.tap);
  });
  listen(svg, 'pointerleave', (event) => {
    if (event.pointerType !== 'touch') clear();
  });
  listen(svg, 'click', click);
  for (const area of [formulas, strip]) {
    for (const name of ['pointerover', 'focusin', 'click']) listen(area, name, lightTerm);
    for (const name of ['pointerleave', 'focusout']) listen(area, name, clear);
  }
  return { point, clear, choose };
}
