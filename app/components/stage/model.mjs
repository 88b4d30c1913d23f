// The payload, read once: sizes by name, and the questions the drawing parts ask about it.
import {
  copiesOf,
  inputsTouched,
  KINDS,
  outputsUsing,
  range,
  sourceIndex,
  windowCells,
  windowSum,
} from './windows.mjs';

export function readModel(data) {
  const { kind, pad, stride, dilation, groups, overhang, padding_mode: mode, kernel_size: kernelSize } = data;
  const [channels, height, width] = data.input.shape,
    [maps, rows, columns] = data.output.shape;
  const conv = kind === 'conv',
    per = conv ? data.kernel.shape[1] : 1,
    taps = kernelSize[0] * kernelSize[1];
  const size = [height - pad[0] - pad[1] - overhang[0], width - pad[2] - pad[3] - overhang[1]];
  const padded = [height - overhang[0], width - overhang[1]],
    outputSize = [rows, columns];
  const unused = { rows: new Set(data.unused.rows), columns: new Set(data.unused.columns) };
  const model = {
    ...data,
    mode,
    kernelSize,
    channels,
    height,
    width,
    maps,
    rows,
    columns,
    conv,
    per,
    taps,
    size,
    padded,
    outputSize,
    rule: KINDS[kind],
    steps: maps * rows * columns,
    // Poolings of the same windows, side by side; most layers are one.
    layers: [data, ...(data.others ?? [])].map((layer) => ({
      ...layer,
      rule: KINDS[layer.kind],
      name: layer.kind === 'lp' ? `Lp, p = ${layer.norm}` : KINDS[layer.kind].name,
      values: layer.output.values,
    })),
  };
  const x = (channel, row, column) => data.input.values[(channel * height + row) * width + column];
  const w = (map, slice, row, column) =>
    data.kernel.values[((map * per + slice) * kernelSize[0] + row) * kernelSize[1] + column];
  // The two kinds of cell that carry no number of the learner's own.
  const zone = (row, column) => {
    if (row >= padded[0] || column >= padded[1]) return 'over';
    const outside = row < pad[0] || row >= pad[0] + size[0] || column < pad[2] || column >= pad[2] + size[1];
    return outside ? 'padding' : 'input';
  };
  const channelsOf = (map) => (conv ? range(per, Math.floor(map / (maps / groups)) * per) : [map]);
  return Object.assign(model, {
    x,
    w,
    zone,
    channelsOf,
    isUnused: (row, column) => unused.rows.has(row) || unused.columns.has(column),
    // The number of a panel of outputs is that of its map, after those of the layers before.
    stepAt: (panel, row, column) => ((panel % maps) * rows + row) * columns + column,
    place: (step) => ({
      map: Math.floor(step / (rows * columns)),
      row: Math.floor(step / columns) % rows,
      column: step % columns,
    }),
    window(step) {
      const place = model.place(step),
        reads = channelsOf(place.map);
      const at = windowCells({ ...place, stride, dilation, kernelSize });
      const cells = reads.map((channel) =>
        at.rows.flatMap((row) => at.columns.map((column) => x(channel, row, column))),
      );
      const weights = conv
        ? reads.map((_, slice) =>
            range(kernelSize[0]).flatMap((row) =>
              range(kernelSize[1]).map((column) => w(place.map, slice, row, column)),
            ),
          )
        : null;
      const bias = data.bias ? data.bias[place.map] : 0;
      const sums = model.layers.map(({ kind, divisors, norm }) => {
        const divisor = divisors ? divisors[step % (rows * columns)] : 1;
        return { divisor, ...windowSum({ kind, cells, weights, bias, divisor, norm }) };
      });
      return {
        ...place,
        ...at,
        step,
        reads,
        cells,
        weights,
        bias,
        sums,
      };
    },
    // How a cell that holds no number is written: what a layer takes it for.
    absent({ rule, count_pad: counted }, row, column) {
      if (zone(row, column) !== 'padding') return '';
      return rule.name === 'Average' && counted ? '0' : rule.absent;
    },
    copies: (row, column) => copiesOf({ row, column, pad, size, paddedSize: padded, mode }),
    // Every output cell of one map that uses this input cell, also through its mirror images in the padding.
    users(row, column) {
      const found = new Map();
      for (const [r, c] of model.copies(row, column))
        for (const cell of outputsUsing({ row: r, column: c, stride, dilation, kernelSize, outputSize }))
          found.set(`${cell}`, cell);
      return [...found.values()];
    },
    touched: (row, column) => inputsTouched({ row, column, stride, dilation, outputSize }),
    mapsReading: (channel) => range(maps).filter((map) => channelsOf(map).includes(channel)),
    // Where an input cell lies in the learner's own, unpadded input; null for constant padding.
    source(row, column) {
      const at = [row, column].map((position, axis) =>
        zone(row, column) === 'over'
          ? null
          : sourceIndex({ position, size: size[axis], before: pad[axis * 2], mode }),
      );
      return at.includes(null) ? null : at;
    },
    geometry: JSON.stringify([
      model.layers.map((layer) => layer.kind),
      data.input.shape,
      data.output.shape,
      kernelSize,
      per,
      pad,
      overhang,
      stride,
      dilation,
      groups,
      !data.bias,
      data.unused.rows,
      data.unused.columns,
      !!data.present,
    ]),
  });
}
