// The picture while copies of the kernel are added up: the input cell, where its copy lands, and the output so far.
import { formatNumber } from '../shared/numbers.mjs';
import { paintKernel } from './painting.mjs';
import { barRoom, drawBars } from './bars.mjs';
import { fillPanel, frameWindow, markNegative } from './panel.mjs';
import { signedTint } from './tints.mjs';

export function showCopy(drawn, { window, phase }) {
  const { model, shown } = drawn;
  if (shown.map !== window.map) paintKernel(drawn, window.map);
  if (shown.step !== window.step) frameCopy(drawn, window);
  fillOutputs(drawn, window, landedIn(phase));
  Object.assign(shown, { map: window.map, step: window.step, results: undefined });
}

// Which products have landed at a moment of the story; without one, all.
const landedIn = (phase) => (phase ? (tap) => phase.flights[tap] === 1 : () => true);

function frameCopy({ model, panels, shown }, { reads, rows, columns, map, row, column }) {
  const glide = shown.step !== undefined;
  panels.input.forEach((panel, channel) =>
    frameWindow({ panel, visible: reads.includes(channel), rows: [row], columns: [column], glide }),
  );
  panels.output.forEach((panel, index) => frameWindow({ panel, visible: index === map, rows, columns, glide: false }));
  // No product is formed in the input here.
  for (const { now } of [...panels.input, ...panels.kernel]) now.style.display = 'none';
}

function fillOutputs({ model, panels }, { step }, landed) {
  const shade = signedTint(model.layers[0].values);
  panels.output.forEach((panel, map) => {
    const values = model.shownOf(map, step, landed);
    fillPanel({
      panel,
      values,
      shade,
      fit: panel.fit,
      written: (_, value) => (value === null ? '' : formatNumber(value, panel.fit.digits)),
    });
    if (model.line) {
      const all = model.layers[0].values.slice(map * model.columns, (map + 1) * model.columns);
      drawBars({ panel, values, all: [...all, ...values], room: barRoom(model) });
    }
    panel.cells.forEach(({ rect }, index) => rect.classList.toggle('later', values[index] === null));
    markNegative(panel, (_, index) => values[index] !== null);
  });
}
