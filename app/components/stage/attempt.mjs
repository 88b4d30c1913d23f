// Draws the step that does not fit; see floor.mjs for its story.
import { write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';
import { floorSentence } from './change_words.mjs';
import { decimalParts, floorAt, floorInSteps } from './floor.mjs';
import { isRead, pairsOf } from './links.mjs';
import { draw, outline } from './panel.mjs';
import { between } from './easing.mjs';

// `attempts` are Python's, along rows and columns. The window tried for, along one axis, from the last one of the first
// row or column; or, where sizes are rounded up, that last one itself, which reaches beyond the padded input and `stays`.
export function attemptOf(model, axis) {
  // Copies that are added up leave nothing over.
  if (model.adds) return null;
  const along = axis ? 1 : model.columns,
    step = (model.outputSize[axis] - 1) * along,
    last = model.window(step),
    { reads } = last;
  const placesOf = ({ rows, columns }) => [rows, columns];
  if (placesOf(last)[axis].some((cell) => cell >= model.padded[axis]))
    return { axis, step, reads, from: placesOf(model.window(Math.max(0, step - along))), to: placesOf(last), stays: true };
  const cells = model.attempts?.[axis] ?? [];
  if (!cells.length) return null;
  const tried = axis ? [last.rows, cells] : [cells, last.columns];
  return { axis, step, reads, from: placesOf(last), to: tried, stays: false };
}

const corner = ([rows, columns]) => [Math.min(...rows.filter(isRead)), Math.min(...columns.filter(isRead))];

// `say(sentence)` tells what is tried.
export function createAttempt({ svg, formulas, picture, store, still, speed, say }) {
  const root = draw('g', 'attempts', null, { 'aria-hidden': true });
  const note = document.createElement('span');
  note.className = 'rounding';
  note.setAttribute('aria-hidden', 'true');
  let trying = null,
    said = '',
    windows = [],
    elapsed = 0,
    clock = 0,
    frame = 0;

  function makeWindow(model, channel) {
    const panel = picture.panelOf({ kind: 'input', panel: channel }),
      { size } = panel,
      [top, left] = corner(trying.to),
      cells = pairsOf(...trying.to);
    const group = draw('g', 'attempt window', root),
      relative = ([row, column]) => [row - top, column - left, 1, 1];
    const beyond = cells.filter(([row, column]) => row >= model.height || column >= model.width);
    const nothing = draw('path', 'nothing', group, { d: outline(beyond.map(relative), size) });
    const whole = [[0, 0, Math.max(...trying.to[0]) - top + 1, Math.max(...trying.to[1]) - left + 1]];
    for (const name of ['glass', 'casing', 'taps']) draw('path', name, group, { d: outline(whole, size) });
    return { group, nothing, panel, whole: whole[0] };
  }

  function place({ group, nothing, panel, whole }, { reach, tilt }) {
    const { size } = panel,
      [from, to] = [corner(trying.from), corner(trying.to)];
    const y = panel.y + between(from[0], to[0], reach) * size,
      x = panel.x + between(from[1], to[1], reach) * size;
    // It tips over the panel's edge.
    const edge = trying.axis ? [panel.x + panel.columns * size, y + whole[2] * size] : [x + whole[3] * size, panel.y + panel.rows * size];
    group.setAttribute('transform', `rotate(${tilt.toFixed(2)} ${edge.map((at) => at.toFixed(1)).join(' ')}) translate(${x.toFixed(2)} ${y.toFixed(2)})`);
    nothing.style.opacity = reach.toFixed(2);
  }

  function placeNote({ point, lost }) {
    note.classList.toggle('shown', point);
    const [, kept, digits] = note.children;
    if (trying.stays) {
      // Half of the way the digits are what is missing to the next whole number, then they are in it.
      digits.style.transform = `translateY(${(-lost * 0.5).toFixed(2)}em) scale(${(1 - lost * 0.5).toFixed(2)})`;
      write(kept, lost < 0.5 ? note.kept : note.whole);
    } else digits.style.transform = `translateY(${(lost * 1.3).toFixed(2)}em) rotate(${(lost * 24).toFixed(1)}deg)`;
    digits.style.opacity = (1 - lost).toFixed(2);
  }
  // The rounding along an axis, as the formula has it.
  const formulaOf = ({ formulas: all }, axis) =>
    all.find(({ id, rounding }) => rounding && (id === (axis ? 'width' : 'height'))) ?? all.find(({ id, rounding }) => id !== 'frames' && rounding);
  // Over the fraction of the formula with numbers.
  function makeNote(found) {
    const line = found && formulas.querySelector(`.formula[data-id="${found.id}"]`),
      fraction = line && [...line.querySelectorAll('.group.tall')].at(-1);
    note.remove();
    if (!fraction) return;
    const { numerator, denominator, quotient, whole } = found.rounding,
      { kept, lost } = decimalParts(formatNumber(quotient));
    Object.assign(note, { kept, whole: formatNumber(whole) });
    note.replaceChildren();
    for (const [name, text] of [['', `${formatNumber(numerator)} / ${formatNumber(denominator)} = `], ['kept', kept], ['lost', lost]]) {
      const part = document.createElement('span');
      part.className = name;
      write(part, text);
      note.append(part);
    }
    const [box, around] = [fraction.getBoundingClientRect(), formulas.getBoundingClientRect()];
    Object.assign(note.style, {
      left: `${box.left - around.left + formulas.scrollLeft}px`,
      top: `${box.top - around.top}px`,
      width: `${box.width}px`,
      height: `${box.height}px`,
    });
    formulas.append(note);
  }

  function tick(now) {
    elapsed += clock ? Math.min(Math.max(0, now - clock), 100) * speed() : 0;
    clock = now;
    const pose = floorAt(elapsed, trying.stays),
      shown = still() ? floorInSteps(pose, trying.stays) : pose;
    if (pose.over) {
      stop();
      return;
    }
    windows.forEach((window) => place(window, shown));
    if (note.isConnected) placeNote(shown);
    frame = requestAnimationFrame(tick);
  }

  function stop() {
    cancelAnimationFrame(frame);
    root.replaceChildren();
    note.remove();
    svg.classList.remove('trying');
    trying = null;
  }

  return {
    isOn: () => !!trying,
    // What is being tried, in words.
    said: () => (trying ? said : ''),
    stop,
    // Whether there is such a step: along the rows (0), the columns (1), or along any axis.
    play(axis = null) {
      const { model } = store.state;
      const attempt = axis === null ? (attemptOf(model, 1) ?? attemptOf(model, 0)) : attemptOf(model, axis);
      if (!attempt) return false;
      if (trying?.axis === attempt.axis) return true;
      stop();
      // The window that tries is the one on show, if it stands there; one that hangs there already tips over from there.
      const there = store.state.step === attempt.step;
      trying = there && attempt.stays ? { ...attempt, from: attempt.to } : attempt;
      svg.append(root);
      svg.classList.toggle('trying', there);
      windows = attempt.reads.map((channel) => makeWindow(model, channel));
      const formula = formulaOf(model, attempt.axis);
      makeNote(formula);
      said = floorSentence(attempt, formula?.rounding);
      say(said);
      [elapsed, clock] = [0, 0];
      frame = requestAnimationFrame(tick);
      return true;
    },
  };
}
