// The step on show: playing it, stepping it, and keeping it in agreement with the page.
import { paceAfter, poseAt, timeline, withoutMotion } from './timeline.mjs';

const COMMIT_AFTER = 300;

// Playing and stepping write `step`, `phase` (how far the step has been played, as a pose; null: all of it), `from` (the
// step that the window comes from) and `playing` into the store. `echo` tells a step of the page's own from one that was
// sent from here; `held()` stops the clock for a while, `waits(step)` before the result of a step, and
// `ended(step)` may begin what holds it before the next; `send(step)` hands the step to the page: on pause, or when keys and slider have come to rest, never per frame.
export function createPlayer({ store, echo, speed, still, held, waits, ended, send }) {
  const { state } = store;
  let steps = 1,
    columns = 1,
    shape = null,
    story = null;
  // How many steps have been played since Play.
  let played = 0,
    elapsed = 0,
    clock = 0,
    frame = 0,
    resting = 0;

  function commit() {
    clearTimeout(resting);
    if (echo.holds(state.step)) return;
    echo.sent(state.step);
    send(state.step);
  }

  const begin = (count) => {
    played = count;
    story = timeline({ ...shape, pace: paceAfter(count) });
  };
  function poseNow() {
    const pose = { ...poseAt({ story, elapsed }), pace: paceAfter(played) };
    return still() ? withoutMotion(pose) : pose;
  }

  function setPlaying(on) {
    if (state.playing === on) return;
    cancelAnimationFrame(frame);
    clock = 0;
    if (on) {
      begin(0);
      frame = requestAnimationFrame(tick);
    } else commit();
    store.patch({ playing: on, phase: null, from: null });
  }

  // A hidden tab or a long task must not make the animation leap: at most a tenth of a second per frame.
  function tick(now) {
    const passed = clock ? Math.min(Math.max(0, now - clock), 100) : 0;
    clock = now;
    if (!held()) elapsed += passed * speed();
    if (waits(state.step)) elapsed = Math.min(elapsed, story.choice[0]);
    let { step, from } = state;
    if (elapsed >= story.end && ended(step)) elapsed = story.end;
    const over = elapsed >= story.end && !held();
    if (over && step === steps - 1) {
      elapsed = 0;
      setPlaying(false);
      return;
    }
    if (over) {
      elapsed -= story.end;
      from = step;
      step += 1;
      begin(played + 1);
    }
    store.patch({ step, from, phase: poseNow() });
    frame = requestAnimationFrame(tick);
  }

  const inRange = (step) => Math.min(Math.max(0, step), steps - 1);
  function goTo(next) {
    elapsed = 0;
    if (state.playing) begin(0);
    store.patch({ step: inRange(next), from: null, preview: null, phase: state.playing ? poseNow() : null });
    if (state.playing) return;
    clearTimeout(resting);
    resting = setTimeout(commit, COMMIT_AFTER);
  }

  return {
    pause: () => setPlaying(false),
    goTo,
    // Whether there is nothing more in that direction.
    isOver: (name) => !state.playing && state.step === { forward: steps - 1, back: 0 }[name],
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
      ({ steps, columns, shape } = layer);
      if (echo.isNews(given)) {
        clearTimeout(resting);
        state.step = given;
        elapsed = 0;
      }
      state.step = inRange(state.step);
      state.from = null;
      begin(played);
      // A pose belongs to the products that it was made for.
      if (state.phase) state.phase = poseNow();
    },
    stop() {
      cancelAnimationFrame(frame);
      clearTimeout(resting);
    },
  };
}
