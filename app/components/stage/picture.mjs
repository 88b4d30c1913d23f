// The picture: panels of cells as SVG. Nodes are made once per shape; afterwards only what changed is touched.
import { write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';
import { fitNumbers, wishedCell } from './numbers.mjs';
import { draw, fillPanel, frameWindow, makePanel, outline, placePanel, writeSpot } from './panel.mjs';
import { range } from './windows.mjs';

const by = (...sizes) => sizes.join(' × ');

const TINT = 0.55;

// Signed numbers have one scale with zero in the middle; the input's goes from low to high.
const signed = (values) => {
  const most = values.reduce((top, value) => Math.max(top, Math.abs(value ?? 0)), 0);
  return (value) => ({ opacity: most && (Math.abs(value ?? 0) / most) * TINT, negative: value < 0 });
};

export function createPicture({ svg }) {
  let model,
    panels,
    extras,
    cell = {},
    shown = {};

  function build(next) {
    model = next;
    shown = {};
    [...svg.children].forEach((child) => {
      if (child.tagName !== 'defs') child.remove();
    });
    const names = model.names ?? {};
    const outputName = (name) => (model.layers.length > 1 ? name : (names.output ?? 'Output'));
    const make = (kind, count, rows, columns, name, classOf, block = 0) =>
      range(count).map((index) =>
        makePanel({
          parent: svg,
          kind,
          index: block * count + index,
          rows,
          columns,
          classOf,
          name: `${name}${count > 1 ? ` channel ${index}` : ''}, ${rows} rows, ${columns} columns`,
        }),
      );
    const classOf = (row, column) =>
      `${model.zone(row, column)}${model.isUnused(row, column) ? ' unused' : ''}`;
    panels = {
      input: make('input', model.channels, model.height, model.width, names.input ?? 'Input', classOf),
      kernel: model.conv ? make('kernel', model.per, ...model.kernelSize, names.kernel ?? 'Kernel') : [],
      output: model.layers.flatMap(({ name }, index) =>
        make('output', model.maps, model.rows, model.columns, outputName(name), undefined, index),
      ),
    };
    extras = {
      titles: range(3).map((index) => draw('text', `title ${['input', 'kernel', 'output'][index]}`, svg)),
      signs: range(2).map(() => draw('text', 'operator', svg)),
    };
    const sized = (channels, rows, columns) =>
      channels > 1 ? by(channels, rows, columns) : by(rows, columns);
    const padded = model.padded.some((size, axis) => size !== model.size[axis])
      ? `, padded ${by(...model.padded)}`
      : '';
    write(extras.titles[0], `${names.input ?? 'Input'} ${sized(model.channels, ...model.size)}${padded}`);
    write(
      extras.titles[1],
      model.conv
        ? `${names.kernel ?? 'Kernel'} ${sized(model.per, ...model.kernelSize)}${model.flip ? ', flipped' : ''}`
        : `${model.layers.length > 1 ? 'window' : `${model.rule.word} over`} ${by(...model.kernelSize)}`,
    );
    const plural = model.layers.length > 1 ? 's' : '';
    write(
      extras.titles[2],
      `${names.output ?? 'Output'}${plural} ${sized(model.maps, model.rows, model.columns)}`,
    );
    extras.wins = panels.input.map(({ group, frame }) => {
      const wins = draw('g', 'wins', null, { 'aria-hidden': true });
      group.insertBefore(wins, frame);
      return { ring: draw('path', 'won', wins), wins };
    });
    extras.signs.forEach((sign, index) => write(sign, model.conv ? ['∗', '='][index] : index ? '' : '→'));
    if (model.bias) {
      extras.bias = makePanel({ parent: svg, kind: 'bias', index: 0, rows: 1, columns: 1, name: 'Bias' });
      write(extras.bias.label, 'bias');
    }
    if (model.conv && model.maps > 1) {
      extras.picks = range(model.maps).map((map) => {
        const pick = draw('g', 'pick', svg, {
          role: 'button',
          tabindex: 0,
          'aria-label': `Kernel of output channel ${map}`,
        });
        pick.map = map;
        draw('rect', '', pick, { width: 24, height: 22, rx: 3 });
        write(draw('text', '', pick, { x: 12, y: 11.5 }), String(map));
        return pick;
      });
      extras.pickLabel = draw('text', 'label', svg);
      write(extras.pickLabel, 'kernel');
    }
  }

  const titled = (index) => extras.titles[index].textContent.length * (model.present ? 10.6 : 8.3);
  // Before an audience numbers are to be read from the back row.
  const wish = (values) => wishedCell(values) * (model.present ? 1.5 : 1);
  const blocks = () => [
    {
      count: model.channels,
      rows: model.height,
      columns: model.width,
      least: titled(0) - 30,
      wish: wish(model.input),
    },
    {
      count: panels.kernel.length,
      rows: model.kernelSize[0],
      columns: model.kernelSize[1],
      wish: model.conv ? wish(model.kernel) : 0,
      least: Math.max(
        titled(1) - (model.conv ? 30 : 0),
        model.bias ? 90 : 0,
        extras.picks ? 56 + model.maps * 28 : 0,
      ),
      foot: (model.bias ? 36 : 0) + (extras.picks ? 32 : 0),
    },
    {
      count: panels.output.length,
      rows: model.rows,
      columns: model.columns,
      least: titled(2),
      wish: Math.max(...model.layers.map(({ output }) => wish(output))),
      ...(model.layers.length > 1 && {
        label: model.present ? 26 : 20,
        apart: Math.max(...panels.output.map((_, at) => outputLabel(at).length)) * (model.present ? 12.4 : 8.8),
        together: model.layers.length,
      }),
    },
  ];
  function outputLabel(at) {
    const { rule, name } = model.layers[Math.floor(at / model.maps)];
    const channel = model.maps > 1 ? `, ch ${at % model.maps}` : '';
    return `${rule.sign} ${name}${channel}`.trim();
  }

  function place(layout) {
    svg.setAttribute('viewBox', `0 0 ${layout.width} ${layout.height}`);
    svg.setAttribute('height', layout.height);
    [panels.input, panels.kernel, panels.output].forEach((group, index) => {
      const block = layout.blocks[index];
      cell[group[0]?.kind] = block.cell;
      group.forEach((panel, at) => {
        const kind = index === 2 && model.layers.length > 1;
        // A line for each channel, with the poolings side by side.
        const slot = kind ? (at % model.maps) * model.layers.length + Math.floor(at / model.maps) : at;
        placePanel({ panel, ...block.panels[slot], size: block.cell });
        panel.label.classList.toggle('kind', kind);
        const channel = block.cell * panel.columns > 70 ? `channel ${at}` : `ch ${at}`;
        write(panel.label, kind ? outputLabel(at) : group.length > 1 ? channel : '');
      });
      const title = extras.titles[index];
      title.setAttribute('x', block.x);
      title.setAttribute('y', block.y + 14);
    });
    layout.signs.forEach(({ x, y }, index) => {
      extras.signs[index].setAttribute('x', x);
      extras.signs[index].setAttribute('y', y);
    });
    const kernel = layout.blocks[1];
    if (!model.conv) {
      extras.signs[0].setAttribute('x', kernel.x + titled(1) / 2 - 6);
      extras.signs[0].setAttribute('y', kernel.y + 38);
    }
    let y = kernel.foot + 8;
    if (model.bias) {
      const size = Math.min(Math.max(kernel.cell, 26), 30);
      placePanel({ panel: extras.bias, x: kernel.x + 36, y, size });
      extras.bias.label.setAttribute('x', -36);
      extras.bias.label.setAttribute('y', size / 2 + 4);
      y += 36;
    }
    extras.picks?.forEach((pick, map) =>
      pick.setAttribute('transform', `translate(${kernel.x + 50 + map * 28} ${y})`),
    );
    extras.pickLabel?.setAttribute('x', kernel.x);
    extras.pickLabel?.setAttribute('y', y + 15);
    shown.step = shown.map = shown.product = shown.won = undefined;
  }

  const fitted = (kind, values) => fitNumbers({ values, cell: cell[kind], largest: model.present ? 30 : 17 });
  // Poolings side by side take a padding cell for different things: then the strip below says for what.
  const absent = ({ row, column }) =>
    model.layers.length > 1 ? '' : model.absent(model.layers[0], row, column);

  // All numbers and shades of the input and the outputs.
  function paint(next) {
    model = next;
    const { input, layers } = model;
    const known = input.values.filter((value) => value !== null);
    const low = Math.min(...known);
    const reach = Math.max(...known) - low;
    const tint = (value) => (reach ? 0.06 + ((TINT - 0.09) * (value - low)) / reach : 0.14);
    paintGroup({
      group: panels.input,
      ...input,
      absent,
      shade: (value) => ({ opacity: value === null ? 0 : tint(value) }),
    });
    const values = layers.flatMap((layer) => layer.values);
    paintGroup({
      group: panels.output,
      values,
      absent: (_, { index }) => layers[Math.floor(index / model.maps)].rule.absent || '·',
      shade: signed(values),
    });
    shown.map = shown.secrets = shown.won = undefined;
  }

  function paintGroup({ group, values, shade, absent }) {
    const fit = fitted(group[0].kind, values);
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

  function paintKernel(map) {
    if (!model.conv) return;
    const { values } = model.kernel;
    const [shade, fit] = [signed(values), fitted('kernel', values)];
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

  // One moment: the window, which outputs are done (all before `done`), and the product being formed.
  // `secrets` says of a step whether its result is still to be predicted; it is one of a set named by `key`.
  function show({ window, done, told, secrets }) {
    if (shown.map !== window.map) paintKernel(window.map);
    if (shown.step !== window.step) showWindow(window, shown.step !== undefined);
    if (shown.done !== done) showDone(done);
    if (shown.secrets !== secrets.key) showSecrets(secrets.of);
    // While a step is being told its output cell stays empty until the result drops in.
    const hidden = told && !told.result && !told.secret ? window.step : -1;
    if (shown.hidden !== hidden) {
      if (shown.hidden >= 0) outputCells(shown.hidden).forEach(({ rect }) => rect.classList.remove('waiting'));
      if (hidden >= 0) outputCells(hidden).forEach(({ rect }) => rect.classList.add('waiting'));
    }
    tagOutput(window, hidden === window.step, secrets.of(window.step));
    const product = told?.products && !told.secret && told.sums < model.per ? told.products - 1 : -1;
    if (shown.product !== product) showProduct(product, window);
    const won = !told || told.result ? window.step : -1;
    if (shown.won !== won) showWinners(window, won >= 0);
    Object.assign(shown, { map: window.map, step: window.step, done, hidden, product, secrets: secrets.key, won });
  }

  // The cells that decide a pooling, ringed and signed where they stand in the input.
  const CORNERS = { '▲': [0.84, 0.2], '▼': [0.84, 0.84], '◆': [0.16, 0.2] };
  function showWinners({ reads, rows, columns, sums }, told) {
    extras.wins.forEach(({ ring, wins }, channel) => {
      const { size } = panels.input[channel];
      const marks = sums.flatMap(({ winners }, index) =>
        winners.flatMap((wins, tap) =>
          wins && told && channel === reads[0]
            ? [[model.layers[index].rule.sign, rows[Math.floor(tap / columns.length)], columns[tap % columns.length]]]
            : [],
        ),
      );
      const inset = Math.max(2, size * 0.07),
        side = size - 2 * inset;
      const box = ([, row, column]) =>
        `M${column * size + inset} ${row * size + inset}h${side}v${side}h${-side}z`;
      ring.setAttribute('d', [...new Set(marks.map(box))].join(''));
      const signs = size < 20 ? [] : marks;
      while (wins.children.length <= signs.length) draw('text', 'win', wins);
      wins.querySelectorAll('.win').forEach((node, at) => {
        const [sign = '', row = 0, column = 0] = signs[at] ?? [];
        const [x, y] = CORNERS[sign] ?? [0, 0];
        write(node, sign);
        node.setAttribute('x', (column + x) * size);
        node.setAttribute('y', (row + y) * size);
        node.setAttribute('font-size', Math.max(8, size * 0.27));
      });
    });
  }

  function showSecrets(secret) {
    panels.output.forEach((panel, index) =>
      panel.cells.forEach((spot) => {
        const step = model.stepAt(index, spot.row, spot.column),
          hide = secret(step),
          { values, rule } = model.layers[Math.floor(index / model.maps)];
        spot.rect.classList.toggle('secret', hide);
        if (!panel.fit) return;
        const text = values[step] === null ? rule.absent || '·' : formatNumber(values[step], panel.fit.digits);
        writeSpot(panel, spot, hide ? '?' : text);
      }),
    );
  }

  // Cells too small for numbers: the one on show has its number beside it.
  function tagOutput({ map, row, column, sums }, waiting, secret) {
    panels.output.forEach(({ tag, fit, size }, index) => {
      const layer = Math.floor(index / model.maps),
        { result } = sums[layer];
      const wanted = index % model.maps === map && !fit && !waiting;
      const text = result === null ? model.layers[layer].rule.absent : formatNumber(result);
      write(tag, wanted ? (secret ? '?' : text) : '');
      if (!wanted) return;
      tag.setAttribute('x', (column + 0.5) * size);
      tag.setAttribute('y', row * size + (row ? -8 : size + 16));
    });
  }

  function outputCells(step) {
    const size = model.rows * model.columns;
    return model.layers.map(
      (_, layer) => panels.output[layer * model.maps + Math.floor(step / size)].cells[step % size],
    );
  }

  // It glides from step to step, but not after the panels themselves have moved.
  function showWindow({ reads, rows, columns, map, row, column }, glide) {
    panels.input.forEach((panel, channel) =>
      frameWindow({ panel, visible: reads.includes(channel), rows, columns, glide }),
    );
    panels.output.forEach((panel, index) =>
      frameWindow({ panel, visible: index % model.maps === map, rows: [row], columns: [column], glide }),
    );
  }

  function showDone(done) {
    const before = shown.done ?? 0;
    if (shown.done === undefined)
      panels.output.forEach(({ cells }) => cells.forEach(({ rect }) => rect.classList.add('later')));
    for (let step = Math.min(before, done); step < Math.max(before, done); step += 1)
      outputCells(step).forEach(({ rect }) => rect.classList.toggle('later', step >= done));
  }

  function showProduct(product, { reads, rows, columns }) {
    const slice = Math.floor(product / model.taps);
    const row = Math.floor((product % model.taps) / model.kernelSize[1]);
    const column = product % model.kernelSize[1];
    const ring = ({ now, size }, on, r, c) => {
      now.style.display = on && product >= 0 ? 'inline' : 'none';
      now.setAttribute('transform', `translate(${(c ?? 0) * size} ${(r ?? 0) * size})`);
    };
    panels.input.forEach((panel, channel) =>
      ring(panel, channel === reads[slice], rows[row], columns[column]),
    );
    panels.kernel.forEach((panel, index) => ring(panel, index === slice, row, column));
  }

  // Boxes to light up, per kind of panel; see roleMarks.
  function mark(marks, role = '') {
    svg.dataset.role = role;
    const light = (panel, boxes) =>
      panel.lit.setAttribute('d', boxes?.length ? outline(boxes, panel.size) : '');
    panels.input.forEach((panel, channel) =>
      light(panel, !marks.channels || marks.channels.includes(channel) ? marks.input : null),
    );
    panels.kernel.forEach((panel, slice) =>
      light(panel, marks.slice === undefined || marks.slice === slice ? marks.kernel : null),
    );
    panels.output.forEach((panel, map) =>
      light(panel, !marks.maps || marks.maps.includes(map % model.maps) ? marks.output : null),
    );
    if (extras.bias) light(extras.bias, marks.bias ? [[0, 0, 1, 1]] : null);
    if (marks.arrow)
      panels.input.forEach(({ lit, size }) => {
        const [[a, b, rows, columns], second] = marks.input;
        if (!second) return;
        const x = (second[1] + columns / 2) * size,
          y = (second[0] + rows / 2) * size,
          head = second[1] > b ? 'm-6 -5l6 5l-6 5' : 'm-5 -6l5 6l5 -6';
        lit.setAttribute(
          'd',
          `${lit.getAttribute('d')}M${(b + columns / 2) * size} ${(a + rows / 2) * size}L${x} ${y}${head}`,
        );
      });
  }

  const panelOf = ({ kind, panel }) => (kind === 'bias' ? extras.bias : panels[kind][panel]);
  return {
    build,
    place,
    paint,
    show,
    mark,
    blocks,
    panelOf,
    // Whether the cells of the input and the outputs have room for their numbers.
    isWritten: () => [...panels.input, ...panels.output].every(({ fit }) => fit),
    panelAt: (group) =>
      [...panels.input, ...panels.kernel, ...panels.output, ...(extras.bias ? [extras.bias] : [])].find(
        (panel) => panel.group === group,
      ),
    boxOf(at) {
      const panel = panelOf(at);
      return { left: panel.x + at.column * panel.size, top: panel.y + at.row * panel.size, size: panel.size };
    },
    // A typed number is seen at once, before the sums that follow from it arrive.
    writeCell(at, value) {
      const panel = panelOf(at);
      if (panel.fit)
        writeSpot(
          panel,
          panel.cells[at.row * panel.columns + at.column],
          formatNumber(value, panel.fit.digits),
        );
    },
    cursor(panel, at, words) {
      panel.group.classList.toggle('walking', !!at);
      if (!at) {
        panel.group.removeAttribute('aria-activedescendant');
        return;
      }
      panel.cursor.setAttribute('transform', `translate(${at.column * panel.size} ${at.row * panel.size})`);
      panel.cursor.setAttribute('aria-label', words);
      panel.cursor.setAttribute('aria-colindex', at.column + 1);
      panel.cursor.parentNode.setAttribute('aria-rowindex', at.row + 1);
      panel.group.setAttribute('aria-activedescendant', panel.cursor.id);
    },
  };
}
