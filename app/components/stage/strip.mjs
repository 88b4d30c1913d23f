// The settings that are always in sight: a name, −, the number, + for each; height and width together or apart.
import { htmlNode, write } from '../shared/nodes.mjs';
import { createField } from './field.mjs';
import { createHold } from './holding.mjs';
import { isEven, numberOf } from './stepping.mjs';

const ROLES = { maps: 'channels', opad: 'padding' };
const LOCK =
  '<svg viewBox="0 0 20 20"><path class="body" d="M4.5 9.5H15.5V17H4.5Z"/><path class="shut" d="M7 9.5V7A3 3 0 0 1 13 7V9.5"/><path class="ajar" d="M7 9.5V6A3 3 0 0 1 13 6"/></svg>';

function makeButton(parent, by, words) {
  const button = htmlNode({ name: 'button', className: 'by', parent, text: by < 0 ? '−' : '+' });
  // The number itself is the one stop for the keyboard: the arrow keys do there what these do.
  Object.assign(button, { type: 'button', tabIndex: -1, by });
  button.setAttribute('aria-label', words);
  return button;
}

// One axis of a row, or all of them.
function makePad({ parent, row, axis, stepping, listen }) {
  const { name } = numberOf(row, axis);
  const root = htmlNode({ className: 'pad', parent });
  const less = makeButton(root, -1, `Less: ${name}`);
  const field = createField({ parent: root, label: name, listen, set: (value) => stepping.set(row.name, axis, value) });
  const more = makeButton(root, 1, `More: ${name}`);
  const stop = (button, ended, why) => {
    button.setAttribute('aria-disabled', String(ended));
    button.title = ended ? why : '';
  };
  return {
    act: (by) => stepping.step(row.name, axis, by),
    owns: (button) => button === less || button === more,
    show(current) {
      const number = numberOf(current, axis);
      field.show(number);
      stop(less, number.value <= number.least, number.noLess);
      stop(more, number.value >= number.most, number.noMore);
    },
  };
}

// Whether it is one axis of a setting, the frames of a video, which go their own way.
const isPart = ({ name, setting = name }) => setting !== name;

function makeStepper({ parent, row, apart, stepping, listen }) {
  const root = htmlNode({ className: 'stepper', parent });
  const setting = row.setting ?? row.name;
  Object.assign(root.dataset, { role: ROLES[setting] ?? setting, name: row.name });
  const name = htmlNode({ name: 'button', className: 'name', parent: root });
  Object.assign(name, { type: 'button', tabIndex: -1 });
  const [base, lowered = ''] = row.letter.split('_');
  const letter = htmlNode({ name: 'i', parent: name, text: base });
  if (lowered) htmlNode({ name: 'sub', parent: letter, text: lowered });
  // The letter says enough of what stands beside the setting that it is a part of.
  if (!isPart(row)) htmlNode({ name: 'span', className: 'word', parent: name, text: row.title });
  const now = htmlNode({ name: 'span', className: 'now', parent: name });
  const pads = (apart ? row.values.map((_, axis) => axis) : [null]).map((axis) =>
    makePad({ parent: root, row, axis, stepping, listen }),
  );
  return {
    root,
    pads,
    show(current) {
      pads.forEach((pad) => pad.show(current));
      write(now, (apart ? current.texts : current.texts.slice(0, 1)).join('×'));
    },
  };
}

export function createStrip({ root, listen, stepping }) {
  let shape = '',
    together = true,
    chosen = '',
    steppers = [];
  const lock = htmlNode({ name: 'button', className: 'lock' });
  lock.type = 'button';
  lock.innerHTML = LOCK;

  const rows = () => stepping.rows().filter((row) => row.in_sight);
  const isApart = (row) => row.values.length > 1 && (!together || !isEven(row));

  function build(shown) {
    root.replaceChildren();
    steppers = shown.map((row) => makeStepper({ parent: root, row, apart: isApart(row), stepping, listen }));
    if (shown.some((row) => row.values.length > 1)) root.append(lock);
    if (!shown.some(({ name }) => name === chosen)) chosen = shown[0]?.name ?? '';
  }
  function show() {
    const shown = rows();
    const next = JSON.stringify(shown.map((row) => [row.name, row.title, isApart(row)]));
    if (next !== shape) {
      const held = root.getRootNode().activeElement?.getAttribute?.('aria-label');
      shape = next;
      build(shown);
      if (held) root.querySelector(`[aria-label="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
    }
    steppers.forEach((stepper, at) => {
      stepper.show(shown[at]);
      stepper.root.classList.toggle('chosen', shown[at].name === chosen);
    });
    root.classList.toggle('apart', shown.some(isApart));
    root.classList.toggle('parted', shown.some(isPart));
    const tied = !shown.some(isApart);
    lock.setAttribute('aria-pressed', String(tied));
    lock.setAttribute('aria-label', 'Height and width together');
    lock.title = tied ? 'Height and width change together: press to set each by itself' : 'Set height and width together';
  }
  function turnLock() {
    const uneven = rows().filter((row) => !isEven(row));
    together = lock.getAttribute('aria-pressed') !== 'true';
    if (together) uneven.forEach((row) => stepping.set(row.name, null, row.values[0]));
    show();
  }
  // On a phone only one setting has its − and +: the one whose name was tapped last.
  function choose(name) {
    const stepper = steppers.find(({ root: each }) => each.contains(name));
    const field = stepper.root.querySelector('input');
    if (field.offsetParent) field.focus({ preventScroll: true });
    chosen = stepper.root.dataset.name;
    show();
  }

  createHold({
    root,
    listen,
    act(button) {
      const pad = steppers.flatMap(({ pads }) => pads).find((each) => each.owns(button));
      return pad.act(button.by);
    },
  });
  listen(root, 'click', ({ target }) => {
    const name = target.closest('.name');
    if (name) choose(name);
    if (target.closest('.lock')) turnLock();
  });
  return show;
}
