// What the terms come to: the sums of channels and the bias on their way into the total, and the result that drops into
// its output cell.
import { write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';
import { setChip, sizeCard, writeFitted, writeNumber } from './chip.mjs';
import { between, clamp, onTheWay, smooth } from './easing.mjs';
import { TOTAL } from './sum_layout.mjs';
import { placeIn, roomOf, widthOf } from './sum_nodes.mjs';
import { totalWords } from './sum_words.mjs';

const DROP_RISE = 32;

// The middle of the number after the equals sign.
const numberIn = (sum, end, text, font) => ({
  x: end.x + widthOf(sum, '= ', font) + widthOf(sum, text, font) / 2,
  y: end.y,
  scale: 1,
});

// A number that travels from one place to the slot where it stays.
function travel(sum, { chip, text, from, slot, t, first }) {
  if (!t) {
    setChip(chip, { hidden: true });
    return;
  }
  const { font } = sum.layout,
    half = widthOf(sum, text.text) / 2,
    attached = -half - font * 0.36,
    signAt = first ? attached : slot.op - slot.x,
    landing = clamp((t - 0.7) / 0.3);
  writeNumber(chip.value, text.text, roomOf(sum, slot.width));
  write(chip.sign, text.negative ? '−' : first ? '' : '+');
  sizeCard(chip, 2 * half + 12, -font * 0.72, font * 0.72);
  setChip(chip, {
    ...onTheWay({ from, to: { x: slot.x, y: slot.y, scale: 1 }, t }),
    card: t < 1 ? Math.min(clamp(t * 4), 1 - landing) : 0,
    sign: text.negative && t < 1 ? 1 : landing,
    signAt: between(attached, signAt, smooth(landing)),
  });
}

export function showTotal(sum, { window, pose, secret }) {
  const { model, layout, total } = sum,
    words = totalWords({ window, model, pose, secret });
  words.sums.forEach((text, channel) => {
    const slot = layout.total.sums[channel],
      { end } = layout.blocks[channel];
    const from = end ? numberIn(sum, end, text.text) : { ...slot, scale: 1 };
    travel(sum, { chip: total.sums[channel], text, from, slot, t: pose.gathers[channel], first: !channel });
  });
  if (total.bias) {
    const from = { ...placeIn(sum, { kind: 'bias', panel: 0, row: 0, column: 0 }), scale: 1 };
    // Of a sum that is to be predicted all that is added is there.
    travel(sum, { chip: total.bias, text: words.bias, from, slot: layout.total.bias, t: secret ? 1 : pose.adding });
  }
  writeFitted(total.end, words.end, roomOf(sum, layout.total.end.width, layout.font * TOTAL));
}

// The result lifts out of the sum, or out of the terms that it was chosen from, and drops into its output cell. `words`
// are those of a pooling's block.
export function showDrop(sum, index, { window, pose, words }) {
  const { model, layout, drops } = sum,
    chip = drops[index],
    { result, winners } = window.sums[index];
  if (pose.drop === 0 || pose.drop === 1) {
    setChip(chip, { hidden: true });
    return;
  }
  const panel = index * model.maps + window.map,
    cell = placeIn(sum, { kind: 'output', panel, row: window.row, column: window.column }),
    font = layout.font * (model.conv ? TOTAL : 1);
  const text = result === null ? model.layers[index].rule.absent || '·' : formatNumber(result, cell.digits ?? 4),
    end = model.conv ? layout.total.end : layout.blocks[index].end;
  const chosen = winners.findIndex((wins, tap) => wins && words.terms[tap].value === result),
    slot = layout.level === 'rows' ? null : layout.blocks[index].terms[words?.slots[chosen]];
  write(chip.value, text.replace('≈', ''));
  sizeCard(chip, widthOf(sum, text, font) + 12, -font * 0.72, font * 0.72);
  setChip(chip, {
    ...onTheWay({
      from: slot ? { x: slot.x, y: slot.y, scale: 1 } : numberIn(sum, end, text, font),
      to: { x: cell.x, y: cell.y, scale: (cell.font ?? 12) / font },
      t: pose.drop,
      rise: DROP_RISE,
    }),
    card: Math.min(clamp(pose.drop * 30), clamp((1 - pose.drop) * 6)),
  });
}
