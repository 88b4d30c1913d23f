// The nodes of the sum region, made once for each geometry, and where they stand. What the drawing parts share is `sum`:
// { model, layout, region, em, spotOf, blocks, total, drops }.
import { makeChip } from './chip.mjs';
import { draw } from './panel.mjs';
import { range } from './windows.mjs';

// One block's nodes: a line of terms with what it comes to.
function makeBlock(parent, model, index) {
  const group = draw('g', 'channel', parent),
    total = draw('g', model.conv ? 'partial' : 'total', group);
  const text = (className, within = group) => draw('text', className, within);
  return {
    group,
    name: text(`name${model.conv ? '' : ' kind'}`),
    open: text('open'),
    close: text('close'),
    bar: draw('path', 'bar', group),
    divisor: text('divisor kernel'),
    rows: range(model.kernelSize[0]).map(() => makeChip(group, 'row')),
    chips: range(model.taps).map((tap) => {
      const chip = makeChip(group, 'product');
      chip.group.tap = { slice: model.conv ? index : 0, tap };
      return chip;
    }),
    aside: text('piece aside', total),
    end: text(model.conv ? 'sum' : 'piece output', total),
    note: text('note', total),
  };
}

// The whole is said as one sentence: its parts would say it once more.
const UNREAD = { 'aria-hidden': true };

export function makeSum(root, model) {
  root.replaceChildren();
  const lines = draw('g', 'channels', root, UNREAD);
  const blocks = range(model.conv ? model.per : model.layers.length).map((index) => makeBlock(lines, model, index));
  const group = draw('g', 'total', root, UNREAD),
    drops = draw('g', 'drops', root, UNREAD);
  return {
    blocks,
    total: model.conv && {
      sums: range(model.per > 1 ? model.per : 0).map(() => makeChip(group, 'term')),
      bias: model.bias ? makeChip(group, 'piece bias') : null,
      end: draw('text', 'piece output', group),
    },
    drops: model.layers.map(() => makeChip(drops, model.conv ? 'drop whole' : 'drop')),
  };
}

function placeWords(node, at) {
  node.style.display = at ? '' : 'none';
  if (!at) return;
  node.setAttribute('x', at.x.toFixed(1));
  node.setAttribute('y', at.y.toFixed(1));
}
// What stands still; chips are placed with each pose, all of them anew after this.
export function placeSum({ layout, blocks, total, drops }) {
  blocks.forEach((block, index) => {
    const at = layout.blocks[index];
    for (const name of ['name', 'open', 'close', 'divisor', 'aside', 'end', 'note']) placeWords(block[name], at[name]);
    block.bar.setAttribute('d', at.bar ? `M${at.bar.x} ${at.bar.y}h${at.bar.width}` : '');
  });
  if (total) placeWords(total.end, layout.total.end);
  const chips = [...blocks.flatMap(({ chips, rows }) => [...chips, ...rows]), ...(total?.sums ?? []), total?.bias, ...drops];
  for (const chip of chips) if (chip) chip.key = '';
}

// The room of a number, the width of a text, and a place of the picture as it is counted in the region.
export const roomOf = ({ layout, em }, width, font = layout.font) => ({ width, font, em });
export const widthOf = ({ layout, em }, text, font = layout.font) => text.replaceAll('≈', '').length * font * em;
export function placeIn({ region, spotOf }, at) {
  const spot = spotOf(at);
  return spot && { ...spot, x: spot.x - region.x, y: spot.y - region.y };
}
