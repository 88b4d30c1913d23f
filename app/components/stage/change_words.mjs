// What moves when a setting or a number is changed, in a sentence: the picture glides there, and not everybody sees it.
import { formatNumber } from '../shared/numbers.mjs';
import { outputSize } from './assembly.mjs';
import { editOf } from './changes.mjs';

// Of each number that goes up and down: its name, and what moves as it grows and as it shrinks; where copies of the kernel
// are added up, other things do.
const SETTING_MOVES = {
  kernel: ['', 'the window covers more', 'the window covers less'],
  stride: ['Stride', 'the window takes longer steps', 'the window takes shorter steps'],
  padding: ['Padding', 'cells come around the input', 'cells around the input go'],
  dilation: ['Dilation', 'the window’s cells move apart', 'the window’s cells move together'],
  size: ['Input', 'cells are added', 'cells go'],
  cin: ['Channels in', 'more planes', 'fewer planes'],
  cout: ['Channels out', 'more kernels', 'fewer kernels'],
};
const COPIES_MOVE = {
  ...SETTING_MOVES,
  kernel: ['Kernel', 'each copy covers more', 'each copy covers less'],
  stride: ['Stride', 'the copies lie further apart', 'the copies lie closer together'],
  padding: ['Padding', 'more of the output is cropped', 'less of the output is cropped'],
  dilation: ['Dilation', 'the cells of a copy move apart', 'the cells of a copy move together'],
  opad: ['Output padding', 'cells are added to the output', 'cells of the output go'],
};
const BY_SIDES = ['kernel', 'size'];

const capitalised = (text) => `${text[0].toUpperCase()}${text.slice(1)}`;
const sumOver = (values) => values.reduce((one, other) => one + other, 0);
// 3 × 3, or 1 where both axes have the same; an axis has its own padding before and after as 1·2.
function settingText({ name, texts }) {
  const all = texts.map((text) => text.replace('.', '·')),
    alike = all.every((text) => text === all[0]) && !BY_SIDES.includes(name);
  return alike ? all[0] : all.join(' × ');
}

// `short`: where another sentence follows. Empty where nothing moved, or another layer has come.
export function changeSentence(before, after, short = false) {
  if (!before || before.adds !== after.adds || before.conv !== after.conv) return '';
  const moves = after.adds ? COPIES_MOVE : SETTING_MOVES;
  const rows = after.steppers.filter(({ name, texts }) => {
    const then = before.steppers.find((row) => row.name === name);
    return then && `${then.texts}` !== `${texts}`;
  });
  if (rows.length !== 1 || !moves[rows[0].name]) return '';
  const [row] = rows,
    then = before.steppers.find(({ name }) => name === row.name),
    [name, more, less] = moves[row.name];
  const moved = short ? '' : `: ${sumOver(row.values) >= sumOver(then.values) ? more : less}`;
  const [was, is] = [before, after].map(outputSize);
  const output = was === is ? `The output stays ${is}.` : `The output is ${is} instead of ${was}.`;
  return `${name || capitalised(row.title)} ${settingText(row)}${moved}. ${output}`;
}

// How many of the output's numbers a number that was typed reaches; empty where none was.
export function editSentence(before, after) {
  const edit = before && !after.adds ? editOf(before, after, 1) : null;
  if (!edit) return '';
  const reached = new Set(edit.places.map(String)).size,
    one = reached === 1;
  return reached ? `${reached} number${one ? '' : 's'} of the output ${one ? 'has' : 'have'} changed with it.` : 'No window reads it.';
}

// The step that does not fit; `rounding` is the formula's, if it says any.
export function floorSentence({ stays }, rounding) {
  const rounded = rounding ? ` ${formatNumber(rounding.quotient)} is rounded ${stays ? 'up' : 'down'} to ${formatNumber(rounding.whole)}.` : '';
  return stays
    ? `The last window reaches beyond the input, and stays.${rounded}`
    : `One step more would leave the input, so the window falls back.${rounded}`;
}
