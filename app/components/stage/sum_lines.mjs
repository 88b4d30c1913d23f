// The sum region: the products of the window as lines of terms, what they have come to, and the total.
import { draw } from './panel.mjs';
import { arrangeSum } from './sum_layout.mjs';
import { makeSum, placeSum } from './sum_nodes.mjs';
import { showDrop, showTotal } from './sum_results.mjs';
import { sumSentence } from './sum_sentence.mjs';
import { sumShape } from './sum_shape.mjs';
import { showBlock } from './sum_terms.mjs';
import { stillPose } from './timeline.mjs';

// How far the window has come when the sum before is gone.
const GONE = 0.6,
  // The height for which the type is made; in more room it is larger.
  HEIGHT = 88;
// The width of a figure, as a share of its type, where it cannot be measured.
const FIGURE = 0.54,
  // What is read from the back row, before the stage grows with the screen.
  BACK_ROW = 26,
  FIGURES = '0000000000',
  GAUGE = 20;

// What the story of a step depends on.
export const storyShape = (model) => ({
  channels: model.adds ? 1 : model.per,
  taps: model.taps,
  bias: !!model.bias && !model.adds,
  chooses: !model.conv,
});

export function createSumLines({ svg, picture }) {
  const root = draw('g', 'calculation', null, { role: 'img', 'aria-label': '' }),
    gauge = draw('text', 'gauge', null, { 'aria-hidden': true });
  gauge.textContent = FIGURES;
  gauge.style.fontSize = `${GAUGE}px`;
  const sum = { model: null, layout: null, region: null, em: FIGURE, spotOf: picture.spotOf };
  let still = null,
    fonts = -1;

  // Measuring lays out the whole picture: it is done once, and again where another face has come.
  function measure() {
    const loaded = [...document.fonts].filter(({ status }) => status === 'loaded').length;
    if (loaded === fonts) return;
    const measured = (gauge.getComputedTextLength?.() ?? 0) / (GAUGE * FIGURES.length);
    sum.em = measured || FIGURE;
    if (measured) fonts = loaded;
  }

  function build(model) {
    Object.assign(sum, { model, ...makeSum(root, model) });
    svg.append(root, gauge);
  }

  // `region` is the place of the sums in the picture.
  function place(region) {
    const { model } = sum;
    measure();
    still = stillPose(storyShape(model));
    sum.region = region;
    sum.layout = arrangeSum({ ...region, shape: sumShape(model), em: sum.em, large: Math.max(1, region.height / HEIGHT), legible: model.present ? BACK_ROW : 0 });
    root.setAttribute('transform', `translate(${region.x} ${region.y})`);
    root.style.display = sum.layout ? '' : 'none';
    if (!sum.layout) return;
    root.style.setProperty('--font', `${sum.layout.font}px`);
    root.style.setProperty('--small', `${sum.layout.small}px`);
    placeSum(sum);
  }

  function showPose({ window, pose, secret }) {
    const words = sum.blocks.map((_, index) => showBlock(sum, index, { window, pose, secret }));
    if (sum.total) showTotal(sum, { window, pose, secret });
    sum.drops.forEach((_, index) => showDrop(sum, index, { window, pose, words: sum.model.conv ? null : words[index] }));
  }

  // `pose` is that of a step being played; without one, everything has arrived. While the window glides, the sum of the
  // step before (`last`) fades away.
  function show({ window, pose, secret = false, last = null }) {
    if (!sum.layout) return;
    const fades = last && pose.glide > 0 && pose.glide < GONE;
    root.style.opacity = fades ? (1 - pose.glide / GONE).toFixed(2) : '';
    showPose(fades ? { window: last, pose: still, secret: false } : { window, pose: pose ?? still, secret });
    if (!pose || secret) root.setAttribute('aria-label', sumSentence({ window, model: sum.model, secret }));
  }

  return {
    build,
    place,
    show,
    clear() {
      root.remove();
      gauge.remove();
    },
    // The terms that come from a cell of the input or from a weight: `wanted` is a test of { slice, tap }.
    light(wanted) {
      for (const { chips } of sum.blocks)
        for (const { group } of chips) group.classList.toggle('lit', !!wanted?.(group.tap));
    },
  };
}
