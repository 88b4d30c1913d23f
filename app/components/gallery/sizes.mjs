// How large a gallery is drawn, from the room there is.
import { columnsFor, largestFitting, layOut, measures } from './layout.mjs';

// A row that has the screen to itself: the least height of its pictures, for which lines of tiles give up their small
// print, and that without it; what each line has around them, a line of the small print and the width of its words.
const ALONE = { seen: 64, least: 12, around: 56, print: 36, words: 240, below: 8 };

// Lays out the rows that are numbered, all of them as one gallery.
function placeWithin({ header, rows, tiles }, { numbered, dense, ...room }) {
  const { columns, same_scale: sameScale, enlarged, least: smallest, present } = header;
  const shown = numbered.map((at) => header.rows[at]);
  const placed = layOut({ rows: shown, columns, sameScale, enlarged, smallest, present, ...room });
  placed.forEach(({ gap, tracks, slots, scales }, index) => {
    const { section, cells } = rows[numbered[index]];
    section.classList.toggle('dense', present && (dense ?? shown[index].cells.length > tracks.length));
    cells.style.columnGap = `${gap}px`;
    // On paper there may be less room.
    cells.style.gridTemplateColumns = tracks.map((track) => `minmax(0, ${track}px)`).join(' ');
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
  const lines = Math.min(2, Math.max(...cells.map(({ facts }) => facts.length)));
  const tall = () => section.offsetHeight + ALONE.below;
  const laidOut = (dense) => {
    const around = ALONE.around + (dense ? 0 : ALONE.print * lines), most = dense || !lines ? Infinity : Math.floor(width / ALONE.words);
    const columns = columnsFor({ count: cells.length, size: sides, width, height: room - words, gap, around });
    return { numbered: [at], dense, width, columns: Math.min(columns, most), smallest: 1, largest: width };
  };
  const fit = (dense, least) => placeFitting(gallery, { ...laidOut(dense), least, most: room, tall, room });
  if (fit(false, ALONE.seen) || fit(true, ALONE.least)) return;
  placeWithin(gallery, { ...laidOut(true), height: ALONE.least });
}

export function placeRows(gallery) {
  const { root, header } = gallery, width = root.clientWidth;
  if (header && width) placeWithin(gallery, { numbered: everyRow(gallery), width, height: highest(gallery) });
}
