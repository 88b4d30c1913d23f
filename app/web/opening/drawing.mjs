// Small marks on a canvas that the opening is drawn with.

export const between = (from, to, t) => from + (to - from) * t;

export function written(context, text, { x, y, size, colour, weight = 600, alpha = 1 }) {
  context.globalAlpha = alpha;
  context.font = `${weight} ${size}px "Slide Sum Text", "Slide Sum Stand-in", system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colour;
  context.fillText(text, x, y + size * 0.04);
  context.globalAlpha = 1;
}

// The gold line over its dark casing, as on the stage.
export function framed(context, { x, y, side }, { line, casing, width }) {
  context.lineJoin = 'round';
  for (const [colour, wide] of [[casing, width + 2], [line, width]]) {
    context.strokeStyle = colour;
    context.lineWidth = wide;
    context.strokeRect(x, y, side, side);
  }
}

// Pixels that are read from `grey(index)`, the first `count` of them, row by row.
export function pixelled(context, { x, y, side }, { grey, across, count }) {
  const step = side / across;
  for (let index = 0; index < count; index += 1) {
    const row = Math.floor(index / across), column = index % across;
    const left = Math.round(x + column * step), top = Math.round(y + row * step);
    context.fillStyle = `rgb(${grey(index)} ${grey(index)} ${grey(index)})`;
    context.fillRect(left, top, Math.round(x + (column + 1) * step) - left, Math.round(y + (row + 1) * step) - top);
  }
}

// The four lines that lead from one square to another, and a breath of colour between them.
export function led(context, from, to, colour) {
  const corners = ({ x, y, side }) => [[x, y], [x + side, y], [x + side, y + side], [x, y + side]];
  const [a, b] = [corners(from), corners(to)];
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 1.25;
  for (let index = 0; index < 4; index += 1) {
    const next = (index + 1) % 4;
    context.globalAlpha = 0.045;
    context.beginPath();
    for (const [x, y] of [a[index], a[next], b[next], b[index]]) context.lineTo(x, y);
    context.fill();
    context.globalAlpha = 0.8;
    context.beginPath();
    context.moveTo(...a[index]);
    context.lineTo(...b[index]);
    context.stroke();
  }
  context.globalAlpha = 1;
}

export const onGrey = (grey) => (grey > 140 ? '#111' : '#fff');
