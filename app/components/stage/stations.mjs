// A step in words, station by station: what moves, what it comes to. The guide and the captions say the same.
import { formatNumber } from '../shared/numbers.mjs';
import { copySentence } from './adding.mjs';
import { pooledWords } from './words.mjs';

// Where a step stands in its story.
export function stationOf(pose) {
  if (pose === null) return 'over';
  if (pose.glide < 1) return 'slide';
  if (pose.drop > 0) return 'write';
  return pose.choice > 0 || pose.adding > 0 || pose.flights.every((share) => share === 1) ? 'add' : 'multiply';
}

const isFirst = ({ step }) => step === 0;
function slides({ window, model }) {
  const { step, row, column, sums } = window;
  if (isFirst(window)) return `A small window lies on the input. It holds ${sums[0].products.flat().length} numbers.`;
  if (step % (model.rows * model.columns) === 0) return 'The next kernel begins at the first place.';
  if (row > 0 && column === 0) return 'The window starts the next row.';
  return model.conv ? 'The window slides on: other numbers, the same kernel.' : 'The window slides on: other numbers.';
}

const STATIONS_OF_SUM = {
  slide: slides,
  multiply: ({ window }) => (isFirst(window) ? 'Multiply each of them by the kernel’s number that lies on it.' : 'Multiply again.'),
  add({ window, model }) {
    const result = formatNumber(window.sums[0].result, 6);
    return model.bias ? `Add all of them and the bias: ${result}.` : `Add the products: ${result}.`;
  },
  write: ({ window }) => (isFirst(window) ? 'This sum is the first number of the output.' : 'The sum goes into the next cell of the output.'),
};
const STATIONS_OF_POOL = {
  slide: slides,
  multiply: () => 'Take the numbers that lie under it.',
  add({ window, model }) {
    const words = pooledWords(window, model);
    return `${words[0].toUpperCase()}${words.slice(1)}.`;
  },
  write: ({ window }) => (isFirst(window) ? 'This is the first number of the output.' : 'It goes into the next cell of the output.'),
};
const STATIONS_OF_COPY = {
  slide: ({ window }) => `${isFirst(window) ? 'Take the first number of the input' : 'On to the next number of the input'}: ${formatNumber(window.value, 6)}.`,
  multiply: ({ window }) => `Lay the kernel times ${formatNumber(window.value, 6)} on the output.`,
  add: copySentence,
  write: copySentence,
};

export function stationSentence({ station, window, model }) {
  const words = model.adds ? STATIONS_OF_COPY : model.conv ? STATIONS_OF_SUM : STATIONS_OF_POOL;
  return words[station]({ window, model });
}
