// Window, kernel and products as grids: numbers in cells, or, of a large kernel, a mosaic of tints.
import { htmlNode, write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';
import { hatch } from './paint.mjs';

const LARGEST_WRITTEN = 7, BRIGHTEST = 255, DARK_BELOW = 118;
const TERMS = ['input', 'kernel', 'products'];

const longest = (values) => Math.max(...values.map((value) => formatNumber(value).length));

// Both signs have one scale with zero in the middle.
const tintOf = (value, most) => ({ share: most ? Math.abs(value) / most : 0, negative: value < 0 });

function drawCells({ cells, name, values, padded, most }) {
  cells.forEach((cell, at) => {
    const value = values?.[at];
    write(cell, value === undefined ? '' : formatNumber(value));
    let className = padded?.[at] ? 'padded' : '';
    if (name === 'input') {
      cell.style.setProperty('--level', Math.round(value));
      className += value < DARK_BELOW ? ' dark' : '';
    } else if (value !== undefined) {
      const { share, negative } = tintOf(value, most);
      cell.style.setProperty('--tint', `${(55 * share).toFixed(1)}%`);
      className += negative ? ' negative' : '';
    } else cell.style.setProperty('--tint', '0%');
    if (cell.className !== className) cell.className = className;
  });
}

function drawMosaic({ grid, name, values, padded, most, size, pixel }) {
  const canvas = grid.firstChild, pen = canvas.getContext('2d'), sharp = devicePixelRatio || 1;
  const style = getComputedStyle(grid), padding = new Path2D();
  pen.setTransform(sharp, 0, 0, sharp, 0, 0);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  values?.forEach((value, at) => {
    const cell = [(at % size[1]) * pixel, Math.floor(at / size[1]) * pixel, pixel, pixel];
    if (padded?.[at]) padding.rect(...cell);
    if (name === 'input') pen.fillStyle = `rgb(${value} ${value} ${value})`;
    else {
      const { share, negative } = tintOf(value, most);
      pen.globalAlpha = share;
      pen.fillStyle = negative ? style.outlineColor : style.color;
    }
    pen.fillRect(...cell);
  });
  pen.globalAlpha = 1;
  if (padded?.includes(true)) hatch(pen, padding, size.map((length) => length * pixel));
}

// For those who hear it: the numbers row by row, as of any small kernel.
function spokenRows(values, columns) {
  const rows = [];
  for (let at = 0; at < values.length; at += columns) rows.push(values.slice(at, at + columns).map((value) => formatNumber(value)).join(', '));
  return `row by row: ${rows.join('; ')}`;
}

function sizeCanvas(canvas, size, pixel) {
  const sharp = devicePixelRatio || 1;
  Object.assign(canvas, { height: size[0] * pixel * sharp, width: size[1] * pixel * sharp });
  canvas.style.height = `${size[0] * pixel}px`;
  canvas.style.width = `${size[1] * pixel}px`;
}

export function createGrids(root) {
  const grids = Object.fromEntries(TERMS.map((name) => [name, root.querySelector(`.term.${name} .grid`)]));
  const cells = {};
  let size = null, written = true, pixel = 0, strongest = {};

  function makeCells() {
    TERMS.forEach((name) => {
      const count = written ? size[0] * size[1] : 0;
      grids[name].replaceChildren(...(written ? [] : [htmlNode({ name: 'canvas' })]));
      cells[name] = Array.from({ length: count }, () => htmlNode({ name: 'span', parent: grids[name] }));
    });
  }
  return {
    // Nodes for a kernel of this size; their widths come from the largest numbers there can be, so that nothing jumps
    // from pixel to pixel. `anew`: whether the size is another one. Returns how many letters a row has in all.
    build({ kernel, size: next, anew }) {
      size = next;
      written = Math.max(...size) <= LARGEST_WRITTEN;
      const taps = kernel.taps.flat(), top = Math.max(...taps.map(Math.abs));
      strongest = { kernel: top, products: top * BRIGHTEST };
      root.classList.toggle('mosaic', !written);
      root.classList.toggle('many', written && Math.max(...size) > 5);
      if (anew) makeCells();
      pixel = Math.max(3, Math.min(16, Math.floor(150 / Math.max(...size))));
      const letters = {
        input: 3,
        kernel: longest(taps),
        products: Math.min(7, longest(taps.flatMap((tap) => [tap * BRIGHTEST, tap * (BRIGHTEST - 1)]))),
      };
      TERMS.forEach((name) => {
        grids[name].style.setProperty('--columns', size[1]);
        grids[name].style.setProperty('--letters', letters[name]);
        if (!written) sizeCanvas(grids[name].firstChild, size, pixel);
      });
      return { letters: size[1] * TERMS.reduce((sum, name) => sum + letters[name], 0) };
    },
    draw(name, values, padded) {
      grids[name].ariaLabel = values ? spokenRows(values, size[1]) : 'not known yet';
      const most = strongest[name];
      if (written) drawCells({ cells: cells[name], name, values, padded, most });
      else drawMosaic({ grid: grids[name], name, values, padded, most, size, pixel });
    },
  };
}
