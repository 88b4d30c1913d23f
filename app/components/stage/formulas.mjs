// What stands above the picture: the formulas of the layer, whose letters and numbers can be asked about and changed.
import { htmlNode } from '../shared/nodes.mjs';
import { createRoving } from '../shared/roving.mjs';
import { createCard } from './card.mjs';
import { makeFormula } from './formula.mjs';
import { createHandles, settingOf } from './handles.mjs';
import { createHint } from './hint.mjs';

const shapeOf = (formulas) =>
  JSON.stringify(formulas.map(({ id, terms }) => [id, terms.map(({ kind, role }) => [kind, role])]));

// By key, one term of each role is enough: symbols first, numbers only by pointer.
function firstOfRoles(line) {
  const roles = new Set();
  return [...line.querySelectorAll('.term')].filter(
    ({ dataset: { role } }) => !roles.has(role) && roles.add(role),
  );
}

// What a term is, so that it is found again after a change has made it anew.
const placeOf = (term) => `${term.closest('.formula').dataset.id} ${term.setting?.name ?? term.dataset.role}`;

// Too wide for its room, everything shrinks, but stays legible: the small formulas first lose their letters, then their
// numbers, and at last give way. Before an audience nothing shrinks: the large ones lose their letters, too.
// `widths` are those of the whole, from the fullest to the tersest, `least` is how far it may shrink; returns which one.
const LEGIBLE = 0.8;
export function tersenessFor({ room, widths, least = LEGIBLE }) {
  const fits = widths.findIndex((width) => room >= least * width);
  return fits < 0 ? widths.indexOf(Math.min(...widths)) : fits;
}
const TERSEST = 3;

export function createFormulas({ root, listen, stepping, hint = createHint() }) {
  let shape = '',
    lines = [],
    formulas = [],
    present = false,
    stops = [],
    shown = null;
  const fitted = htmlNode({ className: 'fitted', parent: root });
  // Who has no mouse has, most likely, no arrow keys either.
  const keys = !matchMedia('(hover: none)').matches,
    way = keys ? 'Drag a number of the formula, or press ↑ ↓ on it' : 'Drag a number of the formula sideways';
  const how = htmlNode({ name: 'p', className: 'how', text: `${way}, and the layer changes.` });
  const card = createCard({ root, keys });
  const handles = createHandles({ root, listen, stepping, onUsed: hint.remember });
  const seen = () => stops.filter((stop) => stop.getClientRects().length);
  const refreshStops = createRoving({ root, items: seen, listen });

  function build() {
    const active = root.getRootNode().activeElement?.closest?.('.formulas .term');
    const kept = active && placeOf(active);
    lines = formulas.map(makeFormula);
    // Fractions stand side by side, the flat formulas in a block beside them.
    root.classList.toggle('counted-below', present || formulas.some(({ id }) => id === 'frames'));
    const all = lines.map(({ line }) => line),
      flat = (line) => line.classList.contains('flat');
    const flats = htmlNode({ className: 'flats' });
    flats.append(...all.filter(flat), how);
    fitted.replaceChildren(...all.filter((line) => !flat(line)), flats);
    return kept;
  }
  function fill() {
    const rows = stepping.rows(),
      merged = formulas.filter(({ id }) => ['height', 'width'].includes(id)).length === 1;
    formulas.forEach((formula, index) =>
      lines[index].fill(formula, {
        settingOf: (symbol) => settingOf({ rows, symbol, id: formula.id, merged }),
        numberAt: (setting) => handles.numberAt({ setting }),
      }),
    );
    root.classList.toggle('waiting', stepping.isWaiting());
    how.hidden = !hint.isWanted() || !root.querySelector('.handle');
  }
  // Measured for a shape and a room, not for the numbers of the moment, so that nothing comes and goes with a digit.
  function choose() {
    fitted.style.transform = '';
    const widths = Array.from({ length: TERSEST + 1 }, (_, terse) => {
      fitted.dataset.terse = terse;
      return fitted.scrollWidth;
    });
    fitted.dataset.terse = tersenessFor({ room: root.clientWidth, widths, least: present ? 1 : LEGIBLE });
    refreshStops();
  }
  // It never takes a second line.
  function fit() {
    fitted.style.transform = '';
    const room = root.clientWidth / (fitted.scrollWidth || 1);
    fitted.style.transform = room < 1 ? `scale(${room})` : '';
  }
  function showCard(term) {
    shown = term;
    if (term?.dataset.meaning) card.show(term, term.setting && handles.numberAt(term));
    else card.hide();
  }

  for (const name of ['pointerover', 'focusin', 'click'])
    listen(root, name, ({ target }) => {
      const term = target.closest?.('.term, .bracket');
      if (!handles.isDragging()) showCard(term);
    });
  for (const name of ['pointerleave', 'focusout'])
    listen(root, name, () => {
      if (!handles.isDragging()) showCard(null);
    });
  const observer = new ResizeObserver(() => {
    choose();
    fit();
  });
  observer.observe(root);

  // Draws what was asked for since, and with it what it changes of the formulas.
  function draw() {
    fill();
    fit();
    if (shown?.isConnected) showCard(shown);
  }
  return {
    draw,
    update(next, presented) {
      formulas = next;
      present = presented;
      const now = shapeOf(formulas) + present;
      if (now !== shape) {
        shape = now;
        const kept = build();
        fill();
        stops = [...root.querySelectorAll('.formula')].flatMap(firstOfRoles);
        choose();
        stops.find((stop) => placeOf(stop) === kept)?.focus({ preventScroll: true });
      }
      draw();
    },
    stop: () => observer.disconnect(),
  };
}
