// The step on show: playing it, stepping it, and keeping it in agreement with the page.
import { phaseAt } from './timeline.mjs';

const COMMIT_AFTER = 300;

// Playing and stepping write `step`, `phase` (how far the step has been played; null: all of it) and `playing` into
// the store. `echo` tells a step of the page's own from one that was sent from here; `held()` stops the clock for a
// while, `waits(step)` before the result of a step; `send(step)` hands the step to the page: on pause, or when keys and
// slider have come to rest, never per frame.
export function createPlayer({ store, echo, speed, still, held, waits, send }) {
  const { state } = store;
  let steps = 1,
    columns = 1,
    story = null;
  let elapsed = 0,
    clock = 0,
    frame = 0,
    drawn = '',
    resting = 0;

  function commit() {
    clearTimeout(resting);
    if (echo.holds(state.step)) return;
    echo.sent(state.step);
    send(state.step);
  }

  function setPlaying(on) {
    if (state.playing === on) return;
    cancelAnimationFrame(frame);
    clock = 0;
    drawn = '';
    if (on) frame = requestAnimationFrame(tick);
    else commit();
    store.patch({ playing: on, phase: null });
  }

  // A hidden tab or a long task must not make the animation leap: at most a tenth of a second per frame.
  function tick(now) {
    const passed = clock ? Math.min(Math.max(0, now - clock), 100) : 0;
    clock = now;
    if (!held()) elapsed += passed * speed();
    if (waits(state.step)) elapsed = Math.min(elapsed, story.result - 1);
    let phase = phaseAt({ story, elapsed }),
      { step } = state;
    if (phase.over && step === steps - 1) {
      elapsed = 0;
      setPlaying(false);
      return;
    }
    if (phase.over) {
      step += 1;
      elapsed -= story.end;
      phase = phaseAt({ story, elapsed });
    }
    const moment = `${step} ${phase.products} ${phase.sums} ${phase.bias} ${phase.result}`;
    if (moment !== drawn) store.patch({ step, phase: still() ? null : phase });
    drawn = moment;
    frame = requestAnimationFrame(tick);
  }

  const inRange = (step) => Math.min(Math.max(0, step), steps - 1);
  function goTo(next) {
    elapsed = 0;
    drawn = '';
    const phase = state.playing && !still() ? phaseAt({ story, elapsed }) : null;
    store.patch({ step: inRange(next), preview: null, phase });
    if (state.playing) return;
    clearTimeout(resting);
    resting = setTimeout(commit, COMMIT_AFTER);
  }

  return {
    pause: () => setPlaying(false),
    goTo,
    act(name) {
      if (name === 'play') {
        if (!state.playing && state.step === steps - 1) goTo(0);
        elapsed = 0;
        setPlaying(!state.playing);
        return;
      }
      setPlaying(false);
      const { step } = state;
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
    // New data: its step is taken over if it is news, and clamped to what there is now. Whoever calls draws it.
    receive({ given, layer }) {
      ({ steps, columns, story } = layer);
      if (echo.isNews(given)) {
        clearTimeout(resting);
        state.step = given;
        elapsed = 0;
      }
      state.step = inRange(state.step);
      drawn = '';
    },
    stop() {
      cancelAnimationFrame(frame);
      clearTimeout(resting);
    },
  };
}
