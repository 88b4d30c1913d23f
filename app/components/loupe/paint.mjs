// A picture on its canvas: only the part that is seen, as sharp as the screen is, with its values once there is room.
import { formatNumber } from '../shared/numbers.mjs';

const LEGIBLE = 34, GRID = 14;
const FONT = 'system-ui, sans-serif';

// `source` is the decoded picture, `factor` full-size pixels on a side of one of its own; `valueAt(row, column)`
// gives the number to write in a pixel; `padded`: from where to where the padding reaches on each axis.
export function paint({ canvas, source, size, factor, view: { origin, scale }, frame, valueAt, padded }) {
  const sharp = devicePixelRatio || 1, pen = canvas.getContext('2d');
  const [height, width] = frame.map((length) => Math.max(1, Math.round(length * sharp)));
  if (canvas.height !== height || canvas.width !== width) Object.assign(canvas, { height, width });
  canvas.style.height = `${frame[0]}px`;
  canvas.style.width = `${frame[1]}px`;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.setTransform(sharp, 0, 0, sharp, 0, 0);
  if (padded) {
    const [[top, bottom], [left, right]] = padded.map((ends, at) => ends.map((end) => (end - origin[at]) * scale[at]));
    const area = new Path2D();
    area.rect(left, top, right - left, bottom - top);
    hatch(pen, area, frame);
  }
  const cells = [source.height, source.width];
  const first = origin.map((start, at) => Math.max(0, Math.floor(start / factor)));
  const last = origin.map((start, at) =>
    Math.min(cells[at], Math.ceil((start + frame[at] / scale[at]) / factor)));
  if (first[0] >= last[0] || first[1] >= last[1]) return;
  const edge = (cell, at) => (Math.min(cell * factor, size[at]) - origin[at]) * scale[at];
  const [top, left] = first.map(edge), [bottom, right] = last.map(edge);
  pen.imageSmoothingEnabled = Math.min(...scale) * factor * sharp < 2;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(
    source, first[1], first[0], last[1] - first[1], last[0] - first[0], left, top, right - left, bottom - top,
  );
  const cell = Math.min(...scale) * factor;
  if (cell >= GRID) {
    const grid = new Path2D();
    for (let row = first[0]; row <= last[0]; row += 1) {
      grid.moveTo(left, Math.round(edge(row, 0)));
      grid.lineTo(right, Math.round(edge(row, 0)));
    }
    for (let column = first[1]; column <= last[1]; column += 1) {
      grid.moveTo(Math.round(edge(column, 1)), top);
      grid.lineTo(Math.round(edge(column, 1)), bottom);
    }
    etch(pen, grid);
  }
  if (cell < LEGIBLE || !valueAt) return;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (let row = first[0]; row < last[0]; row += 1) {
    for (let column = first[1]; column < last[1]; column += 1) {
      const { value, dark } = valueAt(row, column), text = formatNumber(value);
      pen.font = `${Math.min(15, cell * 0.4, (cell - 4) / (text.length * 0.6))}px ${FONT}`;
      pen.fillStyle = dark ? '#fff' : '#000';
      pen.fillText(text, edge(column + 0.5, 1), edge(row + 0.5, 0));
    }
  }
}

// Lines that show on every grey: dark with light beside it.
function etch(pen, lines) {
  pen.lineWidth = 1;
  pen.strokeStyle = 'rgb(0 0 0 / 0.3)';
  pen.stroke(lines);
  pen.translate(1, 1);
  pen.strokeStyle = 'rgb(255 255 255 / 0.3)';
  pen.stroke(lines);
  pen.translate(-1, -1);
}

export function hatch(pen, area, [height, width]) {
  const lines = new Path2D();
  for (let at = 0; at < height + width; at += 6) {
    lines.moveTo(at, 0);
    lines.lineTo(at - height, height);
  }
  pen.save();
  pen.clip(area);
  etch(pen, lines);
  pen.restore();
}

// Whether white is easier to read on a colour than black.
export const isDarkColour = (red, green, blue) => 0.299 * red + 0.587 * green + 0.114 * blue < 118;
