// How large a gallery is drawn, from the room there is.
import { columnsFor, largestFitting, layOut, measures } from './layout.mjs';

// What the presenter view has around its pictures: margins, and the strip with the way back.
export const PRESENT_AROUND = 60;

// A row that has the screen to itself: the least height of its pictures, and what each line has around them.
const ALONE = { least: 12, around: 56, below: 8 };

// Lays out the rows that are numbered, all of them as one gallery.
function placeWithin({ header, rows, tiles }, { numbered, alone = false, ...room }) {
  const { columns, same_scale: sameScale, enlarged, least: smallest, present } = header;
  const shown = numbered.map((at) => header.rows[at]);
  const placed = layOut({ rows: shown, columns, sameScale, enlarged, smallest, present, ...room });
  placed.forEach(({ gap, tracks, slots, scales }, index) => {
    const { section, cells } = rows[numbered[index]];
    section.classList.toggle('dense', present && !alone && shown[index].cells.length > tracks.length);
    cells.style.columnGap = `${gap}px`;
    cells.style.gridTemplateColumns = tracks.map((track) => `${track}px`).join(' ');
    shown[index].cells.forEach((cell, nth) => {
      const tile = tiles.get(cell.id), column = nth % tracks.length;
      tile.figure.style.setProperty('--slot', `${slots[column]}px`);
      tile.place({ scale: scales[nth], room: tracks[column] - slots[column], present });
    });
  });
}

// The largest pictures of these rows with which `tall()` fits the room; whether there are any.
function placeFitting(gallery, { least, most, tall, room, ...rest }) {
  const fits = (height) => {
    placeWithin(gallery, { ...rest, height });
    return tall() <= room;
  };
  const fitting = largestFitting({ least, most, fits });
  if (fitting) placeWithin(gallery, { ...rest, height: fitting });
  return Boolean(fitting);
}

const everyRow = ({ header }) => header.rows.map((_, at) => at);
const highest = ({ header }) => Math.max(160, innerHeight * header.tall);

// Before an audience: whether all rows together find room on one screen.
export function placeOnOneScreen(gallery, { width, room }) {
  const tall = () => gallery.list.offsetHeight;
  return placeFitting(gallery, { numbered: everyRow(gallery), width, least: 0.18 * innerHeight, most: highest(gallery), tall, room });
}

// One row alone, as large as the room allows.
export function placeAlone(gallery, at, { width, room }) {
  const { cells } = gallery.header.rows[at], { section } = gallery.rows[at], { gap } = measures({ width, present: true });
  const sides = [0, 1].map((along) => Math.max(...cells.map(({ size }) => size[along])));
  const words = section.offsetHeight - gallery.rows[at].cells.offsetHeight;
  const columns = columnsFor({ count: cells.length, size: sides, width, height: room - words, gap, around: ALONE.around });
  const tall = () => section.offsetHeight + ALONE.below;
  const wide = { numbered: [at], alone: true, width, columns, smallest: 1, largest: width };
  const found = placeFitting(gallery, { ...wide, least: ALONE.least, most: room, tall, room });
  if (!found) placeWithin(gallery, { ...wide, height: ALONE.least });
}

export function placeRows(gallery) {
  const { root, header, rows } = gallery, width = root.clientWidth;
  if (!header || !width) return;
  const numbered = everyRow(gallery);
  placeWithin(gallery, { numbered, width, height: highest(gallery) });
  if (!header.present) return;
  // Before an audience everything is on one screen, or else each row with its own words is.
  const room = innerHeight - PRESENT_AROUND;
  if (placeOnOneScreen(gallery, { width, room })) return;
  const tall = () => Math.max(...rows.map(({ section }) => section.offsetHeight));
  placeFitting(gallery, { numbered, width, least: 60, most: highest(gallery), tall, room });
}
