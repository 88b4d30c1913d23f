// One moment of the opening on a canvas: the photograph with its window, the nine cells, the kernel, the sum, the result.
import { between, framed, led, onGrey, pixelled, written } from './drawing.mjs';
import { eased } from './timeline.mjs';

const MINUS = '−';
const said = (number) => (number < 0 ? `${MINUS}${-number}` : `${number}`);
const mixed = (from, to, t) => ({
  x: between(from.x, to.x, t), y: between(from.y, to.y, t), side: between(from.side, to.side, t),
});

// The nine numbers under the window that makes an output cell, and their products.
export function windowOf(scene, cell) {
  const { side, window, out } = scene, top = Math.floor(cell / out), left = cell % out;
  return scene.kernel.map((weight, tap) => {
    const grey = scene.photograph[(top + Math.floor(tap / window)) * side + left + (tap % window)];
    return { grey, weight, product: grey * weight };
  });
}

export function paint(context, { scene, places, pose, colours }) {
  const { photograph, result } = places, { side, window, out } = scene;
  const pixel = photograph.side / side, made = result.side / out;
  pixelled(context, photograph, { grey: (index) => scene.photograph[index], across: side, count: side * side });
  context.strokeStyle = colours.rule;
  context.lineWidth = 1;
  context.strokeRect(Math.round(result.x) - 0.5, Math.round(result.y) - 0.5, Math.round(result.side) + 1, Math.round(result.side) + 1);
  pixelled(context, result, { grey: (index) => scene.shown[index], across: out, count: pose.made });

  const [row, column] = pose.window;
  const onPhoto = { x: photograph.x + column * pixel, y: photograph.y + row * pixel, side: window * pixel };
  const cells = mixed(onPhoto, places.cells, pose.opened);
  const target = { x: result.x + (pose.cell % out) * made, y: result.y + Math.floor(pose.cell / out) * made, side: made };
  if (pose.opened > 0) led(context, onPhoto, cells, colours['window-line']);
  framed(context, onPhoto, { line: colours['window-line'], casing: colours['window-casing'], width: 2.5 });
  if (pose.opened > 0) paintCells(context, { scene, places, pose, colours, cells });
  paintSum(context, { scene, places, pose, colours, target });
  paintNames(context, { places, pose, colours });
  if (pose.made > 0 || pose.dropped > 0) {
    const line = { line: colours['window-line'], casing: colours['window-casing'], width: 1.5 };
    framed(context, target, line);
  }
}

// What each square is, in the colour of its role.
function paintNames(context, { places, pose, colours }) {
  const size = Math.min(15, Math.max(12, places.photograph.side * 0.04));
  const named = [
    ['Photograph', places.photograph, colours.input, 1], ['Window', places.cells, colours.window, pose.opened],
    ['Kernel', places.kernel, colours.kernel, pose.opened], ['Result', places.result, colours.output, 1],
  ];
  for (const [name, { x, y, side }, colour, alpha] of named) {
    written(context, name, { x: x + side / 2, y: y - size, size, colour, alpha });
  }
}

function paintCells(context, { scene, places, pose, colours, cells }) {
  const { window } = scene, cell = cells.side / window, size = cell * 0.36;
  const taps = windowOf(scene, pose.cell), apart = places.kernel.x - places.cells.x;
  written(context, '×', {
    x: places.cells.x + (places.cells.side + apart) / 2, y: places.cells.y + places.cells.side / 2, size: cell * 0.5,
    colour: colours.text, alpha: pose.opened,
  });
  taps.forEach((tap, index) => {
    const across = index % window, down = Math.floor(index / window);
    const x = cells.x + across * cell, y = cells.y + down * cell, centre = { x: x + cell / 2, y: y + cell / 2, size };
    const multiplied = Math.min(1, Math.max(0, pose.products - index));
    context.fillStyle = `rgb(${tap.grey} ${tap.grey} ${tap.grey})`;
    context.fillRect(x, y, cell + 0.5, cell + 0.5);
    // The product takes the number's place.
    const colour = onGrey(tap.grey), up = size * 0.6;
    written(context, said(tap.grey), { ...centre, y: centre.y - up * multiplied, size: size * (1 - 0.3 * multiplied), colour, alpha: pose.opened * (1 - 0.3 * multiplied) });
    if (multiplied > 0) written(context, said(tap.product), { ...centre, y: centre.y + size * 0.4, size: size * 0.86, weight: 700, colour, alpha: multiplied });
    paintWeight(context, { tap, index, window, places, pose, colours });
  });
  framed(context, cells, { line: colours['window-line'], casing: colours['window-casing'], width: 3 });
}

// The kernel stands beside the cells; while they are multiplied it lies over them, as a translucent sheet.
function paintWeight(context, { tap, index, window, places, pose, colours }) {
  const { kernel, cells } = places, cell = kernel.side / window, covering = Math.sin(Math.PI * pose.sheet / 2);
  const back = pose.added, over = covering * (1 - back);
  const at = (from) => ({ x: from.x + (index % window) * cell, y: from.y + Math.floor(index / window) * cell });
  const here = at(kernel), there = at(cells);
  context.globalAlpha = pose.opened;
  context.fillStyle = colours.page;
  context.fillRect(here.x, here.y, cell, cell);
  context.globalAlpha = pose.opened * (tap.weight > 0 ? 0.55 : 0.14);
  context.fillStyle = colours.kernel;
  context.fillRect(here.x, here.y, cell, cell);
  context.globalAlpha = pose.opened;
  context.strokeStyle = colours.kernel;
  context.lineWidth = 1.25;
  context.strokeRect(here.x, here.y, cell, cell);
  written(context, said(tap.weight), { x: here.x + cell / 2, y: here.y + cell / 2, size: cell * 0.38, colour: colours.text, alpha: pose.opened });
  if (over <= 0.01) return;
  const x = between(here.x, there.x, covering), y = between(here.y, there.y, covering);
  context.globalAlpha = 0.3 * (1 - back);
  context.fillStyle = colours.kernel;
  context.fillRect(x, y, cell, cell);
  context.globalAlpha = 1 - back;
  context.strokeRect(x, y, cell, cell);
  context.globalAlpha = 1;
}

// How far a product is on its way to the sum: one sets off after the other.
const flown = (added, share) => added * 3.2 - share * 2.4;

// The products come together, the total counts up; the number goes to its pixel.
function paintSum(context, { scene, places, pose, colours, target }) {
  const { window } = scene, { sum, cells } = places, cell = cells.side / window;
  const taps = windowOf(scene, pose.cell);
  if (pose.added <= 0) return;
  if (pose.added < 1) {
    taps.forEach((tap, index) => {
      const t = eased(Math.min(1, Math.max(0, flown(pose.added, index / taps.length))));
      if (t <= 0 || t >= 1) return;
      const x = cells.x + (index % window + 0.5) * cell, y = cells.y + (Math.floor(index / window) + 0.7) * cell;
      written(context, said(tap.product), {
        x: between(x, sum.x, t), y: between(y, sum.y, t), size: between(cell * 0.34, sum.size * 0.6, t), colour: colours.text, alpha: 1 - 0.7 * t,
      });
    });
  }
  // All that has arrived so far.
  const total = taps.reduce((sofar, tap, index) => {
    const t = flown(pose.added, index / taps.length);
    return t >= 1 ? sofar + tap.product : sofar;
  }, 0);
  const number = said(pose.added < 1 ? total : scene.output[pose.cell]);
  written(context, `= ${number}`, { x: sum.x, y: sum.y, size: sum.size, weight: 700, colour: colours.output });
  if (pose.dropped > 0 && pose.dropped < 1) {
    const t = pose.dropped, arc = Math.sin(Math.PI * t) * sum.size * 0.6;
    written(context, number, {
      x: between(sum.x, target.x + target.side / 2, t), y: between(sum.y, target.y + target.side / 2, t) - arc,
      size: between(sum.size, target.side * 0.6, t), weight: 700, colour: colours.output,
    });
  }
}
