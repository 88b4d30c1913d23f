// How large a gallery is drawn, from the room there is.
import { largestFitting, layOut } from './layout.mjs';

// What the presenter view has around its pictures: margins, and the strip with the way back.
export const PRESENT_AROUND = 60;

function placeWithin({ header, rows, tiles }, width, height) {
  const { columns, same_scale: sameScale, enlarged, least, present } = header;
  const placed = layOut({ rows: header.rows, width, height, columns, sameScale, enlarged, smallest: least, present });
  placed.forEach(({ gap, tracks, slots, scales }, at) => {
    rows[at].section.classList.toggle('dense', present && header.rows[at].cells.length > tracks.length);
    rows[at].cells.style.columnGap = `${gap}px`;
    rows[at].cells.style.gridTemplateColumns = tracks.map((track) => `${track}px`).join(' ');
    header.rows[at].cells.forEach((cell, index) => {
      const tile = tiles.get(cell.id), column = index % tracks.length;
      tile.figure.style.setProperty('--slot', `${slots[column]}px`);
      tile.place({ scale: scales[index], room: tracks[column] - slots[column], present });
    });
  });
}

export function placeRows(gallery) {
  const { root, list, header, rows } = gallery, width = root.clientWidth;
  if (!header || !width) return;
  const height = Math.max(160, innerHeight * header.tall);
  placeWithin(gallery, width, height);
  if (!header.present) return;
  // Before an audience everything is on one screen, or else each row with its own words is.
  const room = innerHeight - PRESENT_AROUND;
  const goals = [
    { least: 0.18 * innerHeight, tall: () => list.offsetHeight },
    { least: 60, tall: () => Math.max(...rows.map(({ section }) => section.offsetHeight)) },
  ];
  goals.some(({ least, tall }) => {
    const fits = (high) => {
      placeWithin(gallery, width, high);
      return tall() <= room;
    };
    const fitting = largestFitting({ least, most: height, fits });
    if (fitting) placeWithin(gallery, width, fitting);
    return fitting;
  });
}
