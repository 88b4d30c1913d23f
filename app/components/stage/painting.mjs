// The numbers and shades of the panels.
import { formatNumber } from '../shared/numbers.mjs';
import { barRoom, drawBars } from './bars.mjs';
import { fitNumbers } from './numbers.mjs';
import { fillPanel, markNegative, writtenNumber } from './panel.mjs';
import { pixelTint, rangeTint, signedTint } from './tints.mjs';

const fitted = ({ model, cell }, kind, values) =>
  fitNumbers({ values, cell: cell[kind], largest: Math.max(model.present ? 34 : 17, cell[kind] * 0.34) });

function paintGroup(drawn, { group, values, shade, written }) {
  const fit = fitted(drawn, group[0].kind, values);
  const size = values.length / group.length;
  group.forEach((panel, index) =>
    fillPanel({
      panel,
      values: values.slice(index * size, (index + 1) * size),
      shade: shade(panel),
      fit,
      written: written(fit),
    }),
  );
}
function paintBars({ model, panels: { input } }) {
  input.forEach((panel, channel) =>
    drawBars({ panel, values: model.input.values.slice(channel * model.width, (channel + 1) * model.width), room: barRoom(model) }),
  );
}

// All numbers and shades of the input, and the shades of the outputs, whose numbers are written once they may be seen.
export function paintNumbers(drawn) {
  const { input, layers, planes, zone, absent } = drawn.model;
  const plain = rangeTint(input.values);
  paintGroup(drawn, {
    group: drawn.panels.input,
    values: input.values,
    // Padding keeps its hatching, whatever it holds.
    shade({ index }) {
      const pixel = planes.length ? pixelTint(planes[index]) : null;
      return (value, { row, column }) => (pixel && zone(row, column) === 'input' ? pixel(value) : plain(value));
    },
    // Poolings side by side take a padding cell for different things: then the sum says for what.
    written: (fit) => (spot, value) => {
      if (value !== null) return formatNumber(value, fit.digits);
      return layers.length > 1 ? '' : absent(layers[0], spot.row, spot.column);
    },
  });
  paintBars(drawn);
  const values = layers.flatMap((layer) => layer.values),
    signed = signedTint(values);
  paintGroup(drawn, { group: drawn.panels.output, values, shade: () => signed, written: () => () => null });
  drawn.panels.output.forEach(({ cells }) => cells.forEach((spot) => (spot.result = null)));
}

// The kernel of one output channel, its bias, and which of the kernels it is.
export function paintKernel(drawn, map) {
  const { model, panels, extras } = drawn;
  if (!model.conv) return;
  const { values } = model.kernel;
  const [shade, fit] = [signedTint(values), fitted(drawn, 'kernel', values)];
  const written = fit && writtenNumber(fit);
  panels.kernel.forEach((panel, slice) => {
    const first = (model.kernelOf(map) * model.per + slice) * model.taps;
    const weights = values.slice(first, first + model.taps);
    fillPanel({ panel, values: weights, shade, fit, written });
    markNegative(panel);
    drawBars({ panel, values: weights, room: barRoom(model) });
  });
  if (model.bias) {
    const bias = [model.biasOf(map)];
    const { size } = extras.bias,
      room = fitNumbers({ values: bias, cell: size, largest: size * (model.present ? 0.6 : 0.5) });
    fillPanel({ panel: extras.bias, values: bias, shade: () => ({ opacity: 0.16 }), fit: room, written: room && writtenNumber(room) });
  }
  extras.picks?.forEach((pick, index) => {
    pick.classList.toggle('on', index === model.kernelOf(map));
    pick.setAttribute('aria-pressed', index === model.kernelOf(map));
  });
}
