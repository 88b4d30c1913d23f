// The payload, read once: sizes by name, and the questions the drawing parts ask about it.
import { addingModel } from './adding.mjs';
import { isRead, pairsOf, readLinks } from './links.mjs';
import { KINDS, range, windowSum } from './windows.mjs';

// Poolings of the same windows, side by side; most layers are one.
const readLayer = (layer) => {
  if (!KINDS[layer.kind])
    throw new Error(`The stage knows no layer of the kind ${layer.kind}: KINDS in windows.mjs has its arithmetic.`);
  const { title, word, sign, ties, absent, norm } = layer;
  return {
    ...layer,
    rule: { name: title, word, sign, ties, absent },
    name: norm === null ? title : `${title}, p = ${norm}`,
    values: layer.output.values,
  };
};

// What the layer reads where; rows and columns are the tables of the two axes. Where a plane of a video is named, it counts
// as well: a whole frame may be padding, or never used.
function readPlaces({ rows, columns, channels, volume }) {
  const both = (at) => at.every(isRead),
    isPadding = (plane) => !!volume?.padding[plane],
    sourceOf = (plane) => (volume && plane !== undefined ? volume.sources[plane] : plane),
    reading = (plane) => range(channels.length).filter((map) => channels[map].includes(plane));
  const copiesOf = (plane) =>
    volume && sourceOf(plane) !== null ? range(volume.sources.length).filter((other) => sourceOf(other) === sourceOf(plane)) : [plane];
  return {
    zone(row, column, plane) {
      const zones = [rows.zone(row), columns.zone(column), isPadding(plane) ? 'padding' : 'input'];
      return ['over', 'padding'].find((zone) => zones.includes(zone)) ?? 'input';
    },
    isPadding,
    isLeft: (plane) => !!volume && !reading(plane).length,
    isUnused: (row, column, plane) =>
      rows.isUnused(row) || columns.isUnused(column) || (plane !== undefined && !!volume && !reading(plane).length),
    copies: (row, column) => pairsOf(rows.copies(row), columns.copies(column)),
    // Every output cell of one map that uses this input cell, also through its copies in the padding.
    users: (row, column) => pairsOf(rows.users(row), columns.users(column)),
    tapUsers: (row, column) => pairsOf(rows.tapUsers(row), columns.tapUsers(column)),
    touched: (row, column) => pairsOf(rows.touched(row), columns.touched(column)),
    // Where an input cell lies in the learner's own, unpadded input; null where it shows none of its cells.
    source(row, column, plane) {
      const at = [rows.sources[row], columns.sources[column]];
      return both(at) && sourceOf(plane) !== null ? at : null;
    },
    // The plane whose numbers a plane of the input holds, and all that hold the same; most are their own.
    sourceOf,
    copiesOf,
    channelsOf: (map) => channels[map],
    mapsReading: (channel) => range(channels.length).filter((map) => copiesOf(channel).some((plane) => channels[map].includes(plane))),
  };
}

// The input with its padding around it, channel by channel; null where a cell holds no number.
function padInput({ input, padding_value: padding, channels, places, height, width }) {
  const [, rows, columns] = input.shape;
  const cell = (channel, row, column) => {
    const source = places.source(row, column);
    if (source) return input.values[(channel * rows + source[0]) * columns + source[1]];
    return places.zone(row, column) === 'padding' ? padding : null;
  };
  return range(channels).flatMap((channel) =>
    pairsOf(range(height), range(width)).map(([row, column]) => cell(channel, row, column)),
  );
}

export function readModel(data) {
  const [rowLinks, columnLinks] = data.links.map(readLinks);
  const volume = data.volume ?? null,
    places = readPlaces({ rows: rowLinks, columns: columnLinks, channels: data.channels, volume });
  const [channels, ...size] = data.input.shape,
    [maps, rows, columns] = data.layers[0].output.shape;
  const [height, width] = [rowLinks.cells, columnLinks.cells];
  const padded = padInput({ ...data, channels, places, height, width });
  const kernelSize = [rowLinks.taps, columnLinks.taps],
    conv = !!data.kernel,
    per = data.channels[0].length;
  const layers = data.layers.map(readLayer);
  // One kernel for each output map; in a video, for all frames of one channel.
  const kernelOf = (map) => (volume ? volume.outputs[map][0] : map),
    mapsOf = (kernel) => range(maps).filter((map) => kernelOf(map) === kernel);
  const x = (channel, row, column) => padded[(channel * height + row) * width + column];
  const w = (map, slice, row, column) =>
    data.kernel.values[((kernelOf(map) * per + slice) * kernelSize[0] + row) * kernelSize[1] + column];
  // The number of a panel of outputs is that of its map, after those of the layers before.
  const outputAt = (panel, row, column) => ((panel % maps) * rows + row) * columns + column;
  const model = {
    ...data,
    ...places,
    planes: data.planes ?? [],
    volume,
    kernels: conv ? data.kernel.shape[0] : 0,
    kernelOf,
    mapsOf,
    // The map that another kernel makes at the same frame.
    mapBeside: (map, kernel) => mapsOf(kernel)[mapsOf(kernelOf(map)).indexOf(map)],
    biasOf: (map) => data.bias[kernelOf(map)],
    layers,
    rule: layers[0].rule,
    links: [rowLinks, columnLinks],
    input: { shape: [channels, height, width], values: padded },
    kernelSize,
    channels,
    height,
    width,
    maps,
    rows,
    columns,
    conv,
    per,
    taps: kernelSize[0] * kernelSize[1],
    size,
    padded: [rowLinks.padded, columnLinks.padded],
    // Cells of padding above and left of the input: rows and columns are counted from its own first cell.
    before: [rowLinks.before, columnLinks.before],
    outputSize: [rows, columns],
    steps: maps * rows * columns,
    x,
    w,
    // Where an output number stands among all of its layer; most layers take a step for each.
    outputAt,
    stepAt: outputAt,
    stepColumns: columns,
    adds: false,
    // Whether zeros were put in between and around the input's cells.
    spread: rowLinks.spread || columnLinks.spread,
    place: (step) => ({
      map: Math.floor(step / (rows * columns)),
      row: Math.floor(step / columns) % rows,
      column: step % columns,
    }),
    // How a cell that holds no number is written: what a layer takes it for.
    absent({ rule, count_pad: counted }, row, column) {
      if (places.zone(row, column) !== 'padding') return '';
      return counted ? '0' : rule.absent;
    },
    window: (step) => readWindow(model, step),
    geometry: geometryOf(data),
  };
  return data.landings?.length ? Object.assign(model, addingModel({ ...model }, data.landings)) : model;
}

// Everything about one step: which cells it reads, with which weights, and what comes of them.
function readWindow(model, step) {
  const place = model.place(step),
    reads = model.channelsOf(place.map),
    rows = model.links[0].window(place.row),
    columns = model.links[1].window(place.column);
  const cells = reads.map((channel) =>
    pairsOf(rows, columns).map((at) => (at.every(isRead) ? model.x(channel, ...at) : null)),
  );
  const taps = pairsOf(...model.kernelSize.map((count) => range(count)));
  const weights = model.conv ? reads.map((_, slice) => taps.map((tap) => model.w(place.map, slice, ...tap))) : null;
  const bias = model.bias ? model.biasOf(place.map) : 0;
  const sums = model.layers.map(({ kind, divisors, norm }) => {
    const divisor = divisors ? divisors[step % (model.rows * model.columns)] : 1;
    return { divisor, ...windowSum({ kind, cells, weights, bias, divisor, norm }) };
  });
  return { ...place, rows, columns, step, reads, cells, weights, bias, sums };
}

// What the nodes of the picture depend on; with the same of it they are kept and only filled anew.
const geometryOf = ({ layers, links, channels, input, bias, present, landings, volume }) =>
  JSON.stringify([
    layers.map(({ kind, output }) => [kind, output.shape]),
    links.map(({ reads, sources, before, padded, taps }) => [reads, sources.length, before, padded, taps]),
    channels,
    input.shape,
    !bias,
    !!present,
    landings,
    volume,
  ]);
