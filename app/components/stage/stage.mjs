// The stage: one layer of a network, drawn and played. Python hands over every number; see readModel.
import { createCommits } from '../shared/commits.mjs';
import { createEcho } from '../shared/echo.mjs';
import { mounting } from '../shared/mount.mjs';
import { followTheme } from '../shared/theme.mjs';
import { createAttempt } from './attempt.mjs';
import { createEditing } from './editing.mjs';
import { createFloors } from './floors.mjs';
import { createFormulas } from './formulas.mjs';
import { createGuide } from './guide.mjs';
import { createKeys } from './keys.mjs';
import { createLeftover } from './leftover.mjs';
import { readModel } from './model.mjs';
import { createPicture } from './picture.mjs';
import { createPlayer } from './player.mjs';
import { createPointing } from './pointing.mjs';
import { createPredicting } from './predicting.mjs';
import { createSheet } from './sheet.mjs';
import { createShowing } from './showing.mjs';
import { createSizing } from './sizing.mjs';
import { createStepping } from './stepping.mjs';
import { createStore } from './store.mjs';
import { createStrip } from './strip.mjs';
import { storyShape } from './sum_lines.mjs';
import { createCalculation } from './calculation.mjs';
import { createCaptions } from './captions.mjs';
import { changeSentence, editSentence } from './change_words.mjs';
import { createTweening } from './tweening.mjs';
import { createVisiting } from './visiting.mjs';
import { createWalking } from './walking.mjs';

// The parts, each made of those before it; at an event they may call one another.
function createParts(host) {
  const root = host.querySelector('.stage');
  const find = (selector) => root.querySelector(selector);
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  // `step` is the step shown, `preview` that of an output cell pointed at, `phase` how far a step that is being
  // played has come, `from` the step before it, `seen` the steps whose result was revealed, `visited` those whose cell is
  // filled, unless `all` are.
  const store = createStore({
    model: null,
    component: null,
    step: 0,
    preview: null,
    phase: null,
    from: null,
    playing: false,
    seen: new Set(),
    visited: new Set(),
    all: false,
  });
  const stage = { root, find, listen, store, ended, commits: createCommits() };
  stage.picture = createPicture({ svg: find('.picture') });
  stage.sheet = createSheet({ svg: find('.picture'), picture: stage.picture });
  stage.calculation = createCalculation({ svg: find('.picture'), picture: stage.picture });
  const stepping = createStepping({
    commits: stage.commits,
    say: (sentence) => stage.showing.say(sentence),
    draw() {
      stage.formulas.draw();
      stage.drawStrip();
    },
  });
  stage.stepping = stepping;
  stage.formulas = createFormulas({ root: find('.formulas'), listen, stepping });
  stage.drawStrip = createStrip({ root: find('.strip'), listen, stepping });
  stage.predicting = createPredicting(stage);
  stage.visiting = createVisiting(stage);
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const speed = () => Number(find('select').value);
  stage.captions = createCaptions({ ...stage, speed });
  stage.showing = createShowing(stage);
  stage.updateLeftover = createLeftover({ root: find('.leftover'), listen, commits: stage.commits });
  stage.attempt = createAttempt({
    svg: find('.picture'),
    formulas: find('.formulas'),
    picture: stage.picture,
    store,
    speed,
    still: () => still.matches,
    say: (sentence) => stage.showing.say(sentence),
  });
  stage.tweening = createTweening({ ...stage, still: () => still.matches });
  stage.player = createPlayer({
    store,
    echo: createEcho({ commits: stage.commits }),
    speed: () => speed() * stage.guide.speed(),
    still: () => still.matches,
    held: () => store.state.preview !== null || stage.editing.isOpen() || stage.attempt.isOn() || stage.guide.holds() || stage.captions.holds(),
    ended: (step) => stage.guide.after(step) || stage.floors.after(step),
    waits: stage.predicting.secret,
    send: (step) => stage.commits.add('step', step),
  });
  stage.editing = createEditing(stage);
  stage.walking = createWalking(stage);
  stage.pointing = createPointing(stage);
  stage.sizing = createSizing(stage);
  stage.floors = createFloors(stage);
  createKeys(stage);
  stage.guide = createGuide(stage);
  return stage;
}

function createStage(host) {
  const stage = createParts(host);
  const { root, find, commits, player, predicting, sizing } = stage,
    { state } = stage.store;
  // Coming from another page, the browser would keep that page's place.
  host.host?.closest('[data-testid="stMain"]')?.scrollTo(0, 0);

  return {
    update(component) {
      const { data } = component,
        before = state.model,
        model = readModel(data);
      const stood = stage.tweening.capture(before, state.step);
      followTheme(root);
      commits.receive(component, data.commits);
      Object.assign(state, { component, model });
      root.classList.toggle('present', !!model.present);
      predicting.receive(model);
      stage.stepping.receive(model.steppers);
      stage.drawStrip();
      // A video's frames have a size of their own.
      stage.formulas.update(model.formulas, model.present);
      stage.updateLeftover(model);
      player.receive({ given: data.step, layer: { steps: model.steps, columns: model.stepColumns, shape: storyShape(model) } });
      find('.scrub').max = model.steps - 1;
      stage.visiting.receive({ before, model });
      if (model.geometry === before?.geometry) {
        sizing.refill();
        const reached = editSentence(before, model);
        if (reached && !state.playing) stage.showing.sayStep(` ${reached}`);
        stage.stepping.remind();
        stage.tweening.ripple(before, model);
        return;
      }
      state.preview = null;
      stage.walking.forget();
      stage.editing.cancel();
      stage.attempt.stop();
      sizing.rebuild();
      stage.floors.changed(!!before);
      const tried = stage.attempt.said(),
        told = [changeSentence(before, model, !!tried), tried].filter(Boolean).join(' ');
      if (told && !state.playing) stage.showing.say(told);
      stage.stepping.remind();
      stage.tweening.play(stood, model, state.step);
      stage.guide.receive();
    },
    destroy() {
      stage.ended.abort();
      sizing.stop();
      commits.destroy();
      player.stop();
      stage.attempt.stop();
      stage.tweening.stop();
      stage.formulas.stop();
      stage.showing.stop();
    },
  };
}

export default mounting(createStage);
