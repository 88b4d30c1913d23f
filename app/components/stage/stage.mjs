// The stage: one layer of a network, drawn and played. Python hands over every number; see readModel.
import { createCommits } from '../shared/commits.mjs';
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';
import { followTheme } from '../shared/theme.mjs';
import { createCalculation } from './calculation.mjs';
import { createEditor } from './edit.mjs';
import { createFormulas } from './formula.mjs';
import { arrange } from './layout.mjs';
import { cellMarks, productMarks, roleMarks } from './marks.mjs';
import { readModel } from './model.mjs';
import { createPicture } from './picture.mjs';
import { createPlayer } from './player.mjs';
import { tablesOf } from './tables.mjs';
import { timeline } from './timeline.mjs';
import { agrees } from './windows.mjs';
import { windowSentence } from './words.mjs';

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
const ARROWS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
const SPEAK_AFTER = 500;

function createStage(host) {
  const root = host.querySelector('.stage');
  const find = (selector) => root.querySelector(selector);
  const [svg, formulas, readout, unwritten, scrub, speed] = [
    '.picture',
    '.formulas',
    '.readout',
    '.unwritten',
    '.scrub',
    'select',
  ].map(find);
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const picture = createPicture({ svg });
  const calculation = createCalculation({ root: find('.calculation') });
  const editor = createEditor({ box: find('.edit'), wrong: find('.wrong'), listen });
  const updateFormulas = createFormulas({ root: formulas, listen });
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const timers = {};
  const later = (name, wait, act) => {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(act, wait);
  };
  // `preview` is the step of an output cell pointed at; it never becomes the step by itself.
  let model = null,
    component = null,
    preview = null,
    width = 0;
  // Steps whose result was revealed, where results are to be predicted first.
  let seen = new Set(),
    answers = '',
    turn = 0;
  let tabled = '',
    walking = null,
    tapped = null;
  const commits = createCommits();

  const player = createPlayer({
    speed: () => Number(speed.value),
    still: () => still.matches,
    held: () => preview !== null || editor.isOpen(),
    waits: (step) => secret(step),
    draw: (told) => show(told),
    send: (step) => commits.add('step', step),
    changed(playing) {
      root.classList.toggle('playing', playing);
      find('[data-act=play]').setAttribute('aria-label', playing ? 'Pause' : 'Play');
    },
  });

  // --- predicting ---
  const secret = (step) => !!model.predict && !seen.has(step);
  function reveal() {
    const step = player.step();
    seen.add(step);
    turn += 1;
    preview = null;
    player.refresh();
    if (!player.playing()) show(null);
  }
  function offerReveal() {
    const hidden = secret(player.step());
    write(find('.reveal'), hidden ? 'Reveal' : 'Next');
    find('.reveal').setAttribute('aria-label', hidden ? 'Reveal the result' : 'On to the next step');
  }

  // --- showing ---
  function say(text) {
    write(readout, text);
    if (player.playing()) return;
    later('speak', SPEAK_AFTER, () => {
      write(find('.live'), text);
      table();
    });
  }

  function show(told) {
    const step = player.step();
    const window = model.window(preview ?? step);
    if (preview !== null) told = null;
    if (secret(window.step))
      told = { products: told?.products ?? Infinity, sums: 0, bias: false, result: false, secret: true };
    picture.show({ window, told, done: told && !told.result ? step : step + 1, secrets: { of: secret, key: turn } });
    calculation.show({ window, told });
    sayWindow(window, told);
    compare(window);
    offerReveal();
    scrub.value = step;
    write(find('.count'), `step ${step + 1} of ${model.steps}`);
    scrub.setAttribute('aria-valuetext', `step ${step + 1} of ${model.steps}`);
  }

  // Written only where something has changed: whoever reads there keeps their place.
  function table() {
    const tables = tablesOf({ model, map: model.place(player.step()).map, secret });
    if (tables !== tabled) find('.tables').innerHTML = tabled = tables;
  }

  // The result is not given away before it drops in.
  function sayWindow(window, told) {
    const asks = secret(window.step) ? ' What comes out? Enter or Reveal shows it.' : '';
    say(windowSentence({ window, model, whole: !asks && (!told || told.result) }) + asks);
  }

  // The sum shown here and the output cell computed there must be one number; if not, it is said.
  function compare({ step, sums }) {
    const difference = find('.difference'),
      expected = (index) => model.layers[index].values[step];
    const wrong = commits.waiting('edit').length ? -1 : sums.findIndex((sum, index) => !agrees({ sum, expected: expected(index) }));
    difference.hidden = wrong < 0;
    if (!difference.hidden)
      write(
        difference,
        `The products shown here give ${sums[wrong].result}, but the layer computed ${expected(wrong)}.`,
      );
  }

  function goTo(step) {
    preview = null;
    player.goTo(step);
  }

  // --- lighting up: cell to formula, formula to cell ---
  const lightTerms = (role) =>
    root
      .querySelectorAll('.term, .bracket')
      .forEach((term) => term.classList.toggle('on', !!role && term.dataset.role === role));
  function endPreview() {
    if (preview === null) return;
    preview = null;
    player.refresh();
    if (!player.playing()) show(null);
  }

  function clear() {
    lightTerms(null);
    picture.mark({});
    endPreview();
    if (!player.playing()) sayWindow(model.window(player.step()), null);
  }

  function point(cell) {
    const { marks, role, words } = cellMarks({ cell, model, map: model.place(player.step()).map });
    endPreview();
    picture.mark(marks);
    lightTerms(role);
    if (words) {
      say(words);
      return;
    }
    preview = model.stepAt(cell.panel, cell.row, cell.column);
    show(null);
  }

  function light(event) {
    const term = event.target.closest?.('[data-role]');
    if (!term) return;
    const { role, meaning } = term.dataset;
    lightTerms(role);
    if (meaning) say(meaning);
    picture.mark(
      roleMarks({ role, model, id: term.closest('.formula').dataset.id, step: player.step() }),
      role,
    );
  }

  // --- editing ---
  function editable({ kind, panel, row, column }) {
    if (!model.editable || kind === 'output') return null;
    const { map } = model.place(player.step());
    if (kind === 'bias') return { index: [map], value: model.bias[map] };
    if (kind === 'kernel')
      return { index: [map, panel, row, column], value: model.w(map, panel, row, column) };
    return model.zone(row, column) === 'input'
      ? { index: [panel, row - model.pad[0], column - model.pad[2]], value: model.x(panel, row, column) }
      : null;
  }
  function edit(at, typed) {
    const cell = editable(at);
    if (!cell) return;
    player.pause();
    clear();
    const name = `${at.kind} ${at.kind === 'bias' ? '' : `row ${cell.index.at(-2)}, column ${cell.index.at(-1)}`}`;
    editor.open({
      place: picture.boxOf(at),
      value: cell.value,
      label: name,
      limit: model.limit,
      typed,
      save(value) {
        commits.add('edit', { target: at.kind, index: cell.index, value }, { at, value });
        picture.writeCell(at, value);
      },
      leave(direction) {
        if (walking) walking.at = at;
        const panel = picture.panelOf(at);
        const first = at.kind === 'input' ? model.pad[2] : 0;
        const next = {
          down: [at.row + 1, at.column],
          left: [at.row, at.column - 1],
          right: [at.row, at.column + 1],
          newLine: [at.row + 1, first],
        };
        const cellAt = ([row, column] = [-1, 0]) =>
          row >= 0 && row < panel.rows && column >= 0 && column < panel.columns && { ...at, row, column };
        const target = [direction, ...(direction === 'right' ? ['newLine'] : [])]
          .map((name) => cellAt(next[name]))
          .find((cell) => cell && at.kind !== 'bias' && editable(cell));
        if (target) edit(target);
        else if (direction) panel.group.focus({ preventScroll: true });
      },
    });
  }

  // On a result that is still to be predicted, going on means revealing it.
  function act(name) {
    const on = name === 'reveal' || name === 'forward';
    if (on && secret(player.step())) reveal();
    else if (name !== 'reveal' || !player.playing()) {
      preview = null;
      player.act(name === 'reveal' ? 'forward' : name);
    }
  }

  // --- keys ---
  function walk(panel, event) {
    const { kind, index, rows, columns } = panel,
      move = ARROWS[event.key];
    if (!walking || walking.panel !== panel) {
      if (event.key !== 'Enter') return false;
      const { row, column } = model.place(player.step());
      walking = {
        panel,
        at: { kind, panel: index, row: kind === 'output' ? row : 0, column: kind === 'output' ? column : 0 },
      };
    } else if (event.key === 'Escape') {
      walking = null;
      picture.cursor(panel, null);
      clear();
      return true;
    } else if (move) {
      const { at } = walking;
      at.row = Math.min(Math.max(0, at.row + move[0]), rows - 1);
      at.column = Math.min(Math.max(0, at.column + move[1]), columns - 1);
    } else if (event.key === 'Enter') {
      if (kind === 'output') goTo(model.stepAt(index, walking.at.row, walking.at.column));
      else edit(walking.at);
      return true;
    } else if (/^[-−\d.]$/.test(event.key)) {
      edit(walking.at, event.key);
      return true;
    } else return false;
    point(walking.at);
    picture.cursor(panel, walking.at, readout.textContent);
    return true;
  }
  function key(event) {
    // Streamlit's own hotkeys (r, c) listen on the document: no key typed in here is meant for them.
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === speed) return;
    const panel = event.target.closest && picture.panelAt(event.target.closest('.panel')),
      pick = event.target.closest?.('.pick');
    // Enter reveals, but for somebody who walks on the cells with the keys or stands on a button.
    const edits = panel && panel.kind !== 'output' && !secret(player.step());
    const asked = event.key === 'Enter' && model.predict && !event.target.matches('button') && !pick && !edits;
    if (asked && !walking) {
      event.preventDefault();
      act('reveal');
    } else if (panel && walk(panel, event)) event.preventDefault();
    else if (pick && event.key === 'Enter') choose(pick);
    else if (KEYS[event.key]) {
      event.preventDefault();
      act(KEYS[event.key]);
    } else if (event.key === 'Escape' && model.present) component.setTriggerValue('leave', true);
  }
  const choose = (pick) => {
    const { row, column } = model.place(player.step());
    goTo(model.stepAt(pick.map, row, column));
  };

  // --- events ---
  listen(root, 'keydown', key);
  // Firefox clicks a focused button when the space bar comes up, even if going down was taken.
  listen(root, 'keyup', (event) => {
    if (event.key === ' ' && event.target.matches('button, .scrub')) event.preventDefault();
  });
  listen(document, 'keydown', (event) => {
    if (event.key === 'Escape' && model?.present && !event.defaultPrevented) component.setTriggerValue('leave', true);
    const busy = event
      .composedPath()[0]
      .closest?.(
        // The page as a whole may be a Tab stop; it takes no key for itself.
        'input, textarea, select, button, a, summary, [contenteditable], [role=slider], [role=option], [tabindex="0"]:not(main)',
      );
    const acts = model?.predict && event.key === 'Enter' ? 'reveal' : KEYS[event.key];
    // A switch that was just clicked does nothing with Enter or an arrow, only with the space bar.
    const free = !busy || (event.key !== ' ' && busy.matches('[type=checkbox]'));
    if (
      model &&
      free &&
      (model.present || model.predict || AFAR.includes(event.key)) &&
      !event.defaultPrevented &&
      acts &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      event.preventDefault();
      act(acts);
    }
  });
  listen(find('.transport'), 'click', (event) => {
    const button = event.target.closest('button');
    if (button) act(button.dataset.act);
  });
  listen(scrub, 'input', () => {
    player.pause();
    goTo(scrub.valueAsNumber);
  });
  listen(svg, 'pointerover', (event) => {
    if (event.pointerType !== 'touch' && event.target.cell && !editor.isOpen()) point(event.target.cell);
    else if (!event.target.cell) clear();
  });
  listen(svg, 'pointerleave', (event) => {
    if (event.pointerType !== 'touch') clear();
  });
  listen(svg, 'click', (event) => {
    const { cell } = event.target,
      pick = event.target.closest('.pick');
    if (pick) choose(pick);
    if (!cell) {
      tapped = null;
      clear();
      return;
    }
    if (cell.kind === 'output') {
      player.pause();
      goTo(model.stepAt(cell.panel, cell.row, cell.column));
      return;
    }
    // By touch, the first tap asks what the cell does, the second edits it.
    if (event.pointerType === 'touch' && tapped !== cell) {
      tapped = cell;
      point(cell);
      return;
    }
    tapped = null;
    edit(cell);
  });
  for (const name of ['pointerover', 'focusin', 'click']) listen(formulas, name, light);
  for (const name of ['pointerleave', 'focusout']) listen(formulas, name, clear);
  // A product points at the two numbers that it comes from.
  listen(find('.calculation'), 'pointerover', (event) => {
    const cell = event.target.closest('.product')?.tap;
    if (!cell) {
      picture.mark({});
      return;
    }
    picture.mark(productMarks({ ...cell, window: model.window(player.step()) }));
  });
  listen(find('.calculation'), 'pointerleave', () => picture.mark({}));
  // Listened to on the frame: browsers make a drawing that listens to the focus itself a Tab stop.
  listen(find('.frame'), 'focusout', (event) => {
    if (walking && !editor.isOpen() && svg.contains(event.target)) {
      picture.cursor(walking.panel, null);
      walking = null;
    }
  });

  // --- layout and theme ---
  // What the rest needs is measured before the picture is touched: thousands of fresh nodes make measuring slow.
  function measure() {
    return [formulas, find('.leftover'), find('.transport'), readout, unwritten].reduce(
      (sum, part) => sum + part.offsetHeight,
      40,
    );
  }
  function place(rest = measure()) {
    if (!width) return;
    const high = calculation.place({ width });
    const height = Math.min(
      Math.max((model.present ? 664 : (model.tall ?? 600)) - rest - high, 170),
      model.present ? 460 : 330,
    );
    picture.place(arrange({ width, height, blocks: picture.blocks(), largest: model.present ? 76 : 44 }));
    const hinted = !unwritten.hidden;
    draw();
    // The hint takes a line of the room: then once more with what is left.
    if (hinted === unwritten.hidden) place();
  }
  function draw() {
    picture.paint(model);
    unwritten.hidden = picture.isWritten();
    // Numbers typed since, which are still on their way.
    commits.waiting('edit').forEach(({ at, value }) => picture.writeCell(at, value));
    player.refresh();
    if (!player.playing()) show(null);
  }
  // The presenter's view grows with the screen that it is shown on, as a whole.
  const zoom = () => (model.present ? Math.max(1, Math.min(innerWidth / 1280, innerHeight / 720)) : 1);
  function measureWidth() {
    root.style.zoom = zoom();
    return root.clientWidth;
  }
  const observer = new ResizeObserver(() => {
    if (!model) return;
    const now = measureWidth();
    if (Math.abs(now - width) < 1) return;
    width = now;
    place();
  });
  observer.observe(root);
  // Coming from another page, the browser would keep that page's place.
  host.host?.closest('[data-testid="stMain"]')?.scrollTo(0, 0);

  return {
    update(next) {
      component = next;
      followTheme(root);
      const before = model?.geometry;
      commits.receive(next, next.data.commits);
      model = readModel(next.data);
      root.classList.toggle('present', !!model.present);
      // Other numbers, or another layer: there is something to predict again.
      const given = JSON.stringify([!!model.predict, model.geometry, model.layers.map(({ values }) => values)]);
      if (given !== answers) seen = new Set();
      answers = given;
      turn += 1;
      find('.reveal').hidden = !model.predict;
      updateFormulas(model.present ? model.formulas.slice(0, 1) : model.formulas);
      const unused = find('.leftover');
      unused.textContent = model.unused.sentence;
      unused.hidden = !model.unused.sentence;
      const story = timeline({ channels: model.per, taps: model.taps, bias: !!model.bias });
      player.receive({ given: next.data.step, layer: { steps: model.steps, columns: model.columns, story } });
      scrub.max = model.steps - 1;
      if (model.geometry !== before) {
        preview = walking = null;
        editor.cancel();
        const rest = measure();
        if (!width) width = measureWidth();
        picture.build(model);
        calculation.build(model);
        place(rest);
      } else if (width) {
        calculation.place({ width });
        draw();
      }
    },
    destroy() {
      ended.abort();
      observer.disconnect();
      commits.destroy();
      player.stop();
      Object.values(timers).forEach(clearTimeout);
    },
  };
}

export default mounting(createStage);
