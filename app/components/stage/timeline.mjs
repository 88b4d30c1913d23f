// One step as a little story: the sheet glides over the window, products form on the cells and fly into the sum,
// channel by channel, then the bias; the result drops into its output cell.
import { clamp } from './easing.mjs';

// Milliseconds at speed 1. Nine products of one channel make three seconds.
const GLIDE_FOR = 420,
  FORM = 230,
  FLY = 400,
  // From one product to the next, where there is time.
  APART = 160,
  // All products of a layer with one channel; several channels share the longer one.
  ALONE = 1780,
  SHARED = 2300,
  SPAN_LEAST = 560,
  GATHER = 260,
  BIAS = 340,
  // Until the result is seen to be one; what decides a pooling is looked at for longer.
  SETTLE = 130,
  CHOOSE = 520,
  DROP = 430,
  REST = 240;

// The first step after Play is slow, the second takes half the time, the rest are quick.
export const PACES = ['slow', 'half', 'quick'];
export const paceAfter = (played) => PACES[Math.min(played, PACES.length - 1)];

// Everything in its turn. A stretch of time is [from, to].
function toldInTurn({ channels, taps, bias, chooses }) {
  const most = channels === 1 ? ALONE : Math.max(SPAN_LEAST, SHARED / channels),
    span = Math.min(most, FORM + FLY + (taps - 1) * APART),
    each = Math.min(1, span / (FORM + FLY)),
    [form, fly] = [FORM * each, FLY * each],
    apart = taps > 1 ? (span - form - fly) / (taps - 1) : 0;
  const forms = [],
    flights = [],
    gathers = [];
  let at = GLIDE_FOR;
  for (let channel = 0; channel < channels; channel += 1) {
    for (let tap = 0; tap < taps; tap += 1) {
      const start = at + tap * apart;
      forms.push([start, start + form]);
      flights.push([start + form, start + form + fly]);
    }
    at += span;
    gathers.push([at, (at += channels > 1 ? GATHER : 0)]);
  }
  const adding = [at, (at += bias ? BIAS : 0)],
    choosing = [at, (at += chooses ? CHOOSE : SETTLE)],
    drop = [at, (at += DROP)];
  return { glide: [0, GLIDE_FOR], forms, flights, gathers, bias: adding, choice: choosing, drop, end: at + REST };
}

// All products fly together.
function toldAtOnce({ channels, taps }) {
  const count = channels * taps;
  const start = (index) => 120 + (60 * index) / count;
  const times = (make) => Array.from({ length: count }, (_, index) => make(start(index)));
  return {
    glide: [0, 170],
    forms: times((at) => [at, at + 30]),
    flights: times((at) => [at + 30, at + 150]),
    gathers: Array(channels).fill([330, 350]),
    bias: [330, 350],
    choice: [330, 360],
    drop: [350, 460],
    end: 500,
  };
}

const hastened = (story, share) =>
  Object.fromEntries(Object.entries(story).map(([name, when]) => [name, shortened(when, share)]));
const shortened = (when, share) => (Array.isArray(when) ? when.map((part) => shortened(part, share)) : when * share);

// `chooses`: whether the layer chooses among the numbers of its window, as poolings do.
export function timeline({ channels, taps, bias, chooses = false, pace = 'slow' }) {
  if (pace === 'quick') return toldAtOnce({ channels, taps });
  const story = toldInTurn({ channels, taps, bias, chooses });
  return pace === 'half' ? hastened(story, 0.5) : story;
}

// How far each part of the story has come after `elapsed` milliseconds, from 0 to 1 (before 0 counts as 0).
export function poseAt({ story, elapsed }) {
  const now = Math.max(0, elapsed);
  const come = ([from, to]) => (now >= to ? 1 : clamp((now - from) / (to - from)));
  const flights = story.flights.map(come),
    gathers = story.gathers.map(come),
    bias = come(story.bias),
    drop = come(story.drop);
  return {
    glide: come(story.glide),
    forms: story.forms.map(come),
    flights,
    gathers,
    adding: bias,
    choice: come(story.choice),
    drop,
    // What is there by now: products on their way or landed, sums of channels, the bias, the result in its cell.
    products: story.forms.filter(([from]) => now > from).length,
    sums: gathers.filter((part) => part === 1).length,
    bias: bias === 1,
    result: drop === 1,
    over: now >= story.end,
  };
}

// Products that have come, but nothing of what they come to: the learner is to predict it.
export const withoutResult = (pose) => ({
  ...pose,
  gathers: pose.gathers.map(() => 0),
  adding: 0,
  choice: 0,
  drop: 0,
  sums: 0,
  bias: false,
  result: false,
  secret: true,
});

// The same stations without any movement: what has not arrived is not seen.
export function withoutMotion(pose) {
  const whole = (part) => Math.floor(part);
  return {
    ...pose,
    glide: 1,
    forms: pose.flights.map(whole),
    flights: pose.flights.map(whole),
    gathers: pose.gathers.map(whole),
    adding: whole(pose.adding),
    choice: whole(pose.choice),
    drop: whole(pose.drop),
  };
}

// Everything has arrived: the still picture of a step.
export const stillPose = (shape) => poseAt({ story: timeline(shape), elapsed: Infinity });
