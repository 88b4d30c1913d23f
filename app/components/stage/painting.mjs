// The numbers and shades of the panels.
import { fitNumbers } from './numbers.mjs';
import { fillPanel } from './panel.mjs';

const TINT = 0.55;

// Signed numbers have one scale with zero in the middle; the input's goes from low to high.
const signed = (values) => {
  const most = values.reduce((top, value) => Math.max(top, Math.abs(value ?? 0)), 0);
  return (value) => ({ opacity: most && (Math.abs(value ?? 0) / most) * TINT, negative: value < 0 });
};

const fitted = ({ model, cell }, kind, values) =>
  fitNumbers({ values, cell: cell[kind], largest: Math.max(model.present ? 30 : 17, cell[kind] * 0.34) });

function paintGroup(drawn, { group, values, shade, absent }) {
  const fit = fitted(drawn, group[0].kind, values);
  const size = values.length / group.length;
  group.forEach((panel, index) =>
    fillPanel({
      panel,
      values: values.slice(index * size, (index + 1) * size),
      shade,
      fit,
      absent: (spot) => absent(spot, panel),
    }),
  );
}

// All numbers and shades of the input and the outputs.
export function paintNumbers(drawn) {
  const { input, layers, maps, absent } = drawn.model;
  const known = input.values.filter((value) => value !== null);
  const low = Math.min(...known);
  const reach = Math.max(...known) - low;
  const tint = (value) => (reach ? 0.06 + ((TINT - 0.09) * (value - low)) / reach : 0.14);
  paintGroup(drawn, {
    group: drawn.panels.input,
    values: input.values,
    // Poolings side by side take a padding cell for different things: then the strip below says for what.
    absent: ({ row, column }) => (layers.length > 1 ? '' : absent(layers[0], row, column)),
    shade: (value) => ({ opacity: value === null ? 0 : tint(value) }),
  });
  const values = layers.flatMap((layer) => layer.values);
  paintGroup(drawn, {
    group: drawn.panels.output,
    values,
    absent: (_, { index }) => layers[Math.floor(index / maps)].rule.absent || '·',
    shade: signed(values),
  });
}

// The kernel of one output channel, its bias, and which of the kernels it is.
export function paintKernel(drawn, map) {
  const { model, panels, extras } = drawn;
  if (!model.conv) return;
  const { values } = model.kernel;
  const [shade, fit] = [signed(values), fitted(drawn, 'kernel', values)];
  panels.kernel.forEach((panel, slice) => {
    const first = (map * model.per + slice) * model.taps;
    fillPanel({ panel, values: values.slice(first, first + model.taps), shade, fit });
  });
  if (model.bias) {
    const bias = [model.bias[map]];
    const { size } = extras.bias;
    fillPanel({
      panel: extras.bias,
      values: bias,
      shade: () => ({ opacity: 0.16 }),
      fit: fitNumbers({ values: bias, cell: size, largest: size / 2 }),
    });
  }
  extras.picks?.forEach((pick, index) => {
    pick.classList.toggle('on', index === map);
    pick.setAttribute('aria-pressed', index === map);
  });
}
