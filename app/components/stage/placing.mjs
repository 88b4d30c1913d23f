// How much room the panels wish for, and where they and their words stand.
import { write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';
import { barRoom } from './bars.mjs';
import { barestCell, wishedCell } from './numbers.mjs';
import { placePanel } from './panel.mjs';

// From the lower edge of a panel to the line of its name, and from there to where the next panel may begin; from the left
// of the words beside the bias and the choice of kernel to what they name.
// The room of the bias; the buttons for the kernels: their width, their height, from one to the next.
const SMALL = { down: 14, names: 17, apart: 0, bias: 36, picks: 50, own: 30, below: 36, pick: [24, 24, 28] },
  FAR = { down: 24, names: 30, apart: 62, bias: 62, picks: 86, own: 46, below: 54, pick: [36, 32, 42] };
const wordsIn = ({ present }) => (present ? FAR : SMALL);

const titleWidth = ({ model, extras }, index) =>
  extras.titles[index].textContent.length * (model.present ? 13 : 7.4);

function outputLabel(model, at) {
  const { rule, name } = model.layers[Math.floor(at / model.maps)];
  const channel = model.maps > 1 ? `, ch ${at % model.maps}` : '';
  return `${rule.sign} ${name}${channel}`.trim();
}

// The three blocks of panels with what each wishes for, as layout.mjs takes them.
export function blocksOf(drawn) {
  const { model, panels, extras } = drawn;
  // Before an audience numbers are to be read from the back row.
  const wish = (values) => wishedCell(values) * (model.present ? 1.5 : 1);
  const several = model.layers.length > 1;
  const letter = model.present ? 13.4 : 8.8,
    bars = barRoom(model),
    { names, apart, bias, picks, below, pick } = wordsIn(model),
    named = !!model.volume,
    // Names of panels side by side stand apart.
    kept = (count) => (count > 1 && apart ? { apart } : {}),
    // Above each panel of a signal there is room for its bars, and for its name: its window lies below it.
    over = (count) => (bars ? { label: bars + (count > 1 ? names : 0) } : {});
  return [
    {
      count: model.channels,
      ...over(model.channels),
      rows: model.height,
      columns: model.width,
      least: titleWidth(drawn, 0) - 30,
      wish: wish(model.input),
      bare: barestCell(model.input),
      names,
      named,
      ...kept(model.channels),
    },
    {
      count: panels.kernel.length,
      ...over(panels.kernel.length),
      rows: model.kernelSize[0],
      columns: model.kernelSize[1],
      wish: model.conv ? wish(model.kernel) : 0,
      bare: model.conv ? barestCell(model.kernel) : 0,
      names,
      named,
      ...kept(panels.kernel.length),
      least: Math.max(
        titleWidth(drawn, 1) - (model.conv ? 30 : 0),
        model.bias ? bias + 54 : 0,
        extras.picks ? picks + 6 + model.kernels * pick[2] : 0,
      ),
      foot: (model.bias ? below : 0) + (extras.picks ? pick[1] + 10 : 0),
    },
    {
      count: panels.output.length,
      ...over(panels.output.length),
      rows: model.rows,
      columns: model.columns,
      least: titleWidth(drawn, 2),
      wish: Math.max(...model.layers.map(({ output }) => wish(output))),
      bare: Math.max(...model.layers.map(({ output }) => barestCell(output))),
      names,
      named,
      ...kept(panels.output.length),
      ...(several && {
        label: (model.present ? 32 : 20) + bars,
        apart: Math.max(...panels.output.map((_, at) => outputLabel(model, at).length)) * letter,
        together: model.layers.length,
      }),
    },
  ];
}

// A frame of a video, with its channel where there are several.
const PLACES = { input: 'inputs', kernel: 'slices', output: 'outputs' };
function frameLabel(places, at, room, present) {
  const [channel, frame] = places[at],
    several = places.some(([other]) => other !== channel),
    wide = room > (several ? 120 : 56) * (present ? 1.7 : 1),
    time = `${wide ? 'frame ' : 't '}${formatNumber(frame)}`;
  return several ? `${wide ? 'channel' : 'ch'} ${channel}, ${time}` : time;
}

// A plane of a colour picture by its colour, else the number of the channel.
function channelLabel(model, { kind, index }, room) {
  if (model.volume) return { plane: '', text: frameLabel(model.volume[PLACES[kind]], index, room, model.present) };
  const plane = model.planes.length > 1 && kind !== 'output' && model.per === model.channels ? model.planes[index] : '';
  return { plane, text: plane || (room > (model.present ? 118 : 70) ? `channel ${index}` : `ch ${index}`) };
}

function placeGroup({ model, extras, cell }, group, block, index) {
  cell[group[0]?.kind] = block.cell;
  const several = model.layers.length > 1 && index === 2;
  group.forEach((panel, at) => {
    // A line for each channel, with the poolings side by side.
    const slot = several ? (at % model.maps) * model.layers.length + Math.floor(at / model.maps) : at;
    placePanel({ panel, ...block.panels[slot], size: block.cell });
    panel.label.classList.toggle('kind', several);
    const { plane, text } = channelLabel(model, panel, block.cell * panel.columns);
    write(panel.label, several ? outputLabel(model, at) : group.length > 1 || model.volume ? text : '');
    panel.label.setAttribute('y', several || model.line ? -6 - barRoom(model) : panel.rows * block.cell + wordsIn(model).down);
    panel.group.dataset.plane = group.length > 1 ? plane : '';
  });
  const title = extras.titles[index];
  title.setAttribute('x', block.x);
  title.setAttribute('y', block.y + 14);
}

// Beside the input's title, as far as the title of the next block.
function placeLegend(drawn, layout) {
  const { extras, model } = drawn,
    [block, ...others] = layout.blocks,
    letter = model.present ? 13 : 7.2;
  const start = block.x + titleWidth(drawn, 0) + 18;
  const inTheWay = others.filter(({ x, y }) => x > start && y < block.y + 20).map(({ x }) => x - 12);
  const room = Math.min(layout.width, ...inTheWay) - start;
  const widthOf = (name) => extras.keys.reduce((sum, key) => sum + key[name].length * letter + 36, -16);
  const name = ['long', 'middle', 'short'].find((length) => length === 'short' || widthOf(length) <= room);
  let x = 0;
  extras.legend.setAttribute('transform', `translate(${start} ${block.y + 14})`);
  for (const key of extras.keys) {
    key.group.setAttribute('transform', `translate(${x} 0)`);
    write(key.text, key[name]);
    x += key[name].length * letter + 36;
  }
}

// Below the kernel: the bias, then the choice of kernel.
function placeFoot({ model, extras }, kernel) {
  const { bias, picks, own, below, pick: [wide, high, pitch] } = wordsIn(model);
  let y = kernel.foot + 8;
  if (model.bias) {
    const size = Math.min(Math.max(kernel.cell, 26), own);
    placePanel({ panel: extras.bias, x: kernel.x + bias, y, size });
    extras.bias.label.setAttribute('x', -bias);
    extras.bias.label.setAttribute('y', size / 2 + (model.present ? 9 : 4));
    y += below;
  }
  extras.picks?.forEach((pick, map) => {
    const [rect, number] = pick.children;
    pick.setAttribute('transform', `translate(${kernel.x + picks + map * pitch} ${y})`);
    rect.setAttribute('width', wide);
    rect.setAttribute('height', high);
    number.setAttribute('x', wide / 2);
    number.setAttribute('y', high / 2 + 0.5);
  });
  extras.pickLabel?.setAttribute('x', kernel.x);
  extras.pickLabel?.setAttribute('y', y + 0.68 * high);
}

// The sign between input and kernel; below it its name, where there is room. Where the kernel has a line of its own, the sign
// ends the input's, its name beside it, or stands between both where the input fills its line.
const SIGN_NAME = { wide: 76, below: 21, beside: 14, apart: 26 };
function placeFirstSign({ signs: [sign], signName: name }, { signs: [between], blocks: [input, kernel], width }) {
  const stacked = between.x > kernel.x,
    right = input.x + input.width + SIGN_NAME.apart,
    ends = stacked && right + SIGN_NAME.beside + SIGN_NAME.wide < width;
  const { x, y } = ends ? { x: right, y: (input.panels[0].y + input.foot) / 2 } : between;
  sign.setAttribute('x', x);
  sign.setAttribute('y', y);
  if (!name) return;
  name.setAttribute('x', x + (stacked ? SIGN_NAME.beside : 0));
  name.setAttribute('y', y + (stacked ? 0 : SIGN_NAME.below));
  name.classList.toggle('beside', stacked);
  name.classList.toggle('narrow', !stacked && 2 * (kernel.x - x) < SIGN_NAME.wide);
}

export function placePicture(drawn, layout) {
  const { svg, model, panels, extras } = drawn;
  svg.setAttribute('viewBox', `0 0 ${layout.width} ${layout.height}`);
  svg.setAttribute('height', layout.height);
  [panels.input, panels.kernel, panels.output].forEach((group, index) =>
    placeGroup(drawn, group, layout.blocks[index], index),
  );
  const placeSign = (sign, x, y) => {
    sign.setAttribute('x', x);
    sign.setAttribute('y', y);
  };
  layout.signs.forEach(({ x, y }, index) => placeSign(extras.signs[index], x, y));
  const kernel = layout.blocks[1];
  // The window of a pooling has no cells: the arrow stands below its words, or beside them where the outputs are below.
  const across = titleWidth(drawn, 1),
    stacked = layout.blocks[2].y > kernel.y + kernel.height / 2;
  if (!model.conv && stacked) placeSign(extras.signs[0], kernel.x + across + 16, kernel.y + 9);
  else if (!model.conv) placeSign(extras.signs[0], kernel.x + across / 2 - 6, kernel.y + 38);
  else placeFirstSign(extras, layout);
  placeFoot(drawn, kernel);
  placeLegend(drawn, layout);
}

// What stands beside the panels: {key, node, x, y, moved: the transform that shows it so far from there}.
export function wordsOf({ extras }) {
  const text = (key, node) => ({
    key,
    node,
    x: Number(node.getAttribute('x')),
    y: Number(node.getAttribute('y')),
    moved: (x, y) => `translate(${x}px, ${y}px)`,
  });
  const group = (key, node) => {
    const [x, y] = node.getAttribute('transform').match(/-?[\d.]+/g).map(Number);
    return { key, node, x, y, moved: (right, down) => `translate(${x + right}px, ${y + down}px)` };
  };
  const { titles, signs, picks = [], pickLabel, signName, legend } = extras;
  return [
    ...titles.map((node, index) => text(`title ${index}`, node)),
    ...signs.map((node, index) => text(`sign ${index}`, node)),
    ...picks.map((node, index) => group(`pick ${index}`, node)),
    ...(pickLabel ? [text('picks', pickLabel)] : []),
    ...(signName ? [text('sign name', signName)] : []),
    group('legend', legend),
  ];
}
