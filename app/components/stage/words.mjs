// The readout: what is shown, in one sentence. Rows and columns count from 0, as in code;
// rows above the input are negative, as padding is not part of it.
import { formatNumber } from '../shared/numbers.mjs';
import { coordinates, placeName } from '../shared/places.mjs';
import { spacingOf, spanOf } from './links.mjs';

const minus = (value) => formatNumber(value);
// The cells of a window along one axis, counted from the input's first one: 1–3, or 0–4 (every 2).
const from = (cells, offset) => {
  const span = spanOf(cells);
  if (!span) return 'none';
  const first = minus(span[0] - offset),
    last = minus(span[0] + span[1] - 1 - offset);
  const text = first === last ? first : first.startsWith('−') ? `${first} to ${last}` : `${first}–${last}`;
  return spacingOf(cells) > 1 ? `${text} (every ${spacingOf(cells)})` : text;
};
const number = (value, { absent, name }) =>
  value === null ? absent || 'nothing' : formatNumber(value, name ? 4 : 6);
// Equal, or where the number is rounded ≈ alone.
// What a plane is called: a frame of a video, with its channel where there are several; the planes of a colour picture are
// called by their colours.
const frameName = (places, at) => {
  const [channel, frame] = places[at],
    several = places.some(([other]) => other !== channel);
  return `${several ? `channel ${channel}, ` : ''}frame ${formatNumber(frame)}`;
};
export const channelName = ({ planes, volume }, channel) =>
  volume ? frameName(volume.inputs, channel) : (planes.length > 1 && planes[channel]) || `channel ${channel}`;
export const mapName = ({ volume }, map) => (volume ? frameName(volume.outputs, map) : `channel ${map}`);
const sliceName = ({ volume }, slice) => (volume ? frameName(volume.slices, slice) : `channel ${slice}`);

// Each of the panels of a kind by its name; empty where there is but one, which needs none.
export function panelName(model, kind, at) {
  const { volume, channels, per, maps } = model;
  if (kind === 'input') return channels > 1 || volume ? (volume ? channelName(model, at) : `channel ${at}`) : '';
  if (kind === 'kernel') return per > 1 || volume ? sliceName(model, at) : '';
  return maps > 1 || volume ? mapName(model, at) : '';
}
export const equals = (result) => `= ${result}`.replace('= ≈', '≈ ');
const count = (many, word) => `${many} ${word}${many === 1 ? '' : 's'}`;
const shared = ({ rule }, { winners }) => (rule.ties ? winners.filter(Boolean).length : 1);

// One pooling's part of the sentence.
function pooled(layer, sum, alone) {
  const { rule } = layer,
    result = number(sum.result, rule);
  const cells = count(sum.products.flat().filter((value) => value !== null).length, 'cell');
  const ties = shared(layer, sum) > 1 ? `, which ${shared(layer, sum)} cells share` : '';
  if (layer.divisors) {
    const parts = [number(sum.sums[0], rule), formatNumber(sum.divisor)];
    return alone
      ? `${cells} sum to ${parts[0]}, divided by ${parts[1]}: ${result}`
      : `${rule.word} ${parts.join(' / ')} ${equals(result)}`;
  }
  return `${alone ? `the ${rule.word} of ${cells} is` : rule.word} ${result}${ties}`;
}

// All poolings of a window.
export const pooledWords = ({ sums }, { layers }) =>
  layers.map((layer, index) => pooled(layer, sums[index], layers.length === 1)).join('; ');

export function windowSentence({ window, model, whole = true }) {
  const { rows, columns, sums } = window,
    map = panelName(model, 'output', window.map);
  const frames = model.volume ? `frames ${from(window.reads.map((plane) => model.volume.inputs[plane][1]), 0)}, ` : '';
  const where = model.line
    ? `Output ${map && `${map}, `}cell ${window.column}: window cells ${from(columns, model.before[1])}`
    : // Of several channels or frames: there is no room for more on a phone's two lines.
      `Output ${map ? `${map}, ${coordinates(window.row, window.column)}` : placeName(window.row, window.column)}: ` +
      `window ${frames}rows ${from(rows, model.before[0])}, columns ${from(columns, model.before[1])}`;
  if (!whole) return `${where}.`;
  if (!model.conv) return `${where}; ${pooledWords(window, model)}.`;
  const result = number(sums[0].result, model.rule);
  const products = count(sums[0].products.flat().filter((value) => value !== null).length, 'product');
  return model.bias
    ? `${where}; ${products} and the bias ${minus(window.bias)} sum to ${result}.`
    : `${where}; ${products} sum to ${result}.`;
}

// A signal's cells have one number each.
export const cellName = ({ line }, row, column, name = placeName) => (line ? `cell ${column}` : name(row, column));

export function inputSentence({ channel, row, column, model, count: users }) {
  const zone = model.zone(row, column, channel),
    source = model.source(row, column, channel),
    plane = panelName(model, 'input', channel);
  const origin = model.volume && source && model.sourceOf(channel) !== channel ? `${channelName(model, model.sourceOf(channel))}, ` : '',
    value = model.x(channel, row, column);
  const at = zone === 'input' ? source : [row - model.before[0], column - model.before[1]];
  const place = cellName(model, minus(at[0]), minus(at[1]));
  const put = model.spread ? 'Zero put in' : 'Padding';
  const name = zone === 'over' ? 'Beyond the padding' : zone === 'padding' ? put : 'Input';
  const same = zone === 'padding' && source ? ` (a copy of input ${origin}${cellName(model, ...source, coordinates)})` : '';
  const used = users ? `used by ${count(users, 'output cell')}` : 'used by no output cell';
  const taken = () =>
    model.layers
      .map((layer) => {
        const as = model.absent(layer, row, column) || 'nothing';
        return model.layers.length > 1 ? `${as} for the ${layer.rule.word}` : as;
      })
      .join(', ');
  const holds = value === null ? taken() : formatNumber(value, 6);
  return `${name}${plane && ` ${plane},`} ${place}${same}: ${holds}; ${used}.`;
}

export function weightSentence({ map, slice, row, column, model }) {
  const uses = model.touched(row, column).length;
  const plane = panelName(model, 'kernel', slice),
    where = model.volume ? 'this output frame' : model.maps > 1 ? 'this output channel' : 'the output';
  return `Kernel${model.kernels > 1 ? ` ${model.kernelOf(map)}` : ''}${plane && `, ${plane},`} ${cellName(model, row, column)}: weight ${formatNumber(model.w(map, slice, row, column), 6)}, used ${count(uses, 'time')} in ${where}.`;
}
