// How large the sheets are drawn, from the room there is.
import { sliceSize } from './fit.mjs';

export function sizeSheets({ root, sheets, width, height, present }) {
  [...root.children].forEach((sheet, index) => {
    const { columns, rows } = sheets[index];
    const room = sheets.length > 1 && width > 640 ? width / sheets.length - 24 : width;
    const maps = Math.max(...rows.map((row) => row?.maps.length ?? 0));
    // The widest names are those with a group: "map 31 · g31".
    const named = Math.max(...rows.map((row) => row?.label.length ?? 0));
    const labels = present ? 130 + named * 9 + maps * 37 : 100 + named * 6.5 + maps * 27;
    const size = sliceSize({ width: room, height, columns: columns.length, rows: rows.length, labels, present });
    sheet.style.setProperty('--slice', `${size}px`);
  });
}
