// The step on show: playing it, stepping it, and keeping it in agreement with the page.
import { phaseAt, receiveStep } from './timeline.mjs';

const COMMIT_AFTER = 300;
const ECHO_WITHIN = 5000;

// `draw(told)` shows the step, as far as it is told, or all of it (null); `held()` stops the clock for a while,
// `waits(step)` before the result of a step;
// `send(step)` hands the step to the page: on pause, or when keys and slider have come to rest, never per frame.
export function createPlayer({ speed, still, held, waits, draw, changed, send }) {
  let step = 0,
    steps = 1,
    columns = 1,
    story = null;
  let playing = false,
    elapsed = 0,
    clock = 0,
    frame = 0,
    drawn = '',
    resting = 0,
    echoing = 0;
  let known = null,
    sent = [];

  function commit() {
    clearTimeout(resting);
    if (step === (sent.at(-1) ?? known)) return;
    sent.push(step);
    send(step);
    // A commit whose echo was skipped must not hide a later, real change to the same step.
    clearTimeout(echoing);
    echoing = setTimeout(() => {
      known = sent.at(-1) ?? known;
      sent = [];
    }, ECHO_WITHIN);
  }

  function setPlaying(on) {
    if (playing === on) return;
    playing = on;
    cancelAnimationFrame(frame);
    changed(on);
    if (on) {
      clock = 0;
      frame = requestAnimationFrame(tick);
    } else {
      commit();
      draw(null);
    }
  }

  // A hidden tab or a long task must not make the animation leap: at most a tenth of a second per frame.
  function tick(now) {
    const passed = clock ? Math.min(Math.max(0, now - clock), 100) : 0;
    clock = now;
    if (!held()) elapsed += passed * speed();
    if (waits(step)) elapsed = Math.min(elapsed, story.result - 1);
    let told = phaseAt({ story, elapsed });
    if (told.over && step === steps - 1) {
      elapsed = 0;
      setPlaying(false);
      return;
    }
    if (told.over) {
      step += 1;
      elapsed -= story.end;
      told = phaseAt({ story, elapsed });
    }
    const moment = `${step} ${told.products} ${told.sums} ${told.bias} ${told.result}`;
    if (moment !== drawn) draw(still() ? null : told);
    drawn = moment;
    frame = requestAnimationFrame(tick);
  }

  function goTo(next) {
    step = Math.min(Math.max(0, next), steps - 1);
    elapsed = 0;
    drawn = '';
    if (playing) return;
    draw(null);
    clearTimeout(resting);
    resting = setTimeout(commit, COMMIT_AFTER);
  }

  return {
    step: () => step,
    playing: () => playing,
    pause: () => setPlaying(false),
    // The next frame draws again even if the story has not moved on.
    refresh() {
      drawn = '';
    },
    goTo,
    act(name) {
      if (name === 'play') {
        if (!playing && step === steps - 1) goTo(0);
        elapsed = 0;
        drawn = '';
        setPlaying(!playing);
        return;
      }
      setPlaying(false);
      goTo(
        {
          first: 0,
          last: steps - 1,
          forward: step + 1,
          back: step - 1,
          down: step + columns,
          up: step - columns,
        }[name],
      );
    },
    // New data: its step is taken over if it is news, and clamped to what there is now.
    receive({ given, layer }) {
      ({ steps, columns, story } = layer);
      const first = known === null;
      const news = receiveStep({ given, known, sent });
      ({ known, sent } = news);
      if (news.adopt || first) {
        clearTimeout(resting);
        step = given;
        elapsed = 0;
      }
      step = Math.min(Math.max(0, step), steps - 1);
      drawn = '';
    },
    stop() {
      cancelAnimationFrame(frame);
      clearTimeout(resting);
      clearTimeout(echoing);
    },
  };
}
