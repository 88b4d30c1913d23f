// The strip below the pictures: window × kernel = products, and what the products add up to.
import { htmlNode, write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';
import { hatch } from './paint.mjs';

const LARGEST_WRITTEN = 7, BRIGHTEST = 255, LARGEST_WHOLE = 1e9;
const COLOURS = ['R', 'G', 'B'];
const TERMS = ['input', 'kernel', 'products'];

const longest = (values) => Math.max(...values.map((value) => formatNumber(value).length));

export function createStrip({ root, choosePlane }) {
  const find = (selector) => root.querySelector(selector), sumRoot = find('.sum');
  const grids = Object.fromEntries(TERMS.map((name) => [name, find(`.term.${name} .grid`)]));
  const picks = COLOURS.map((letter, plane) => {
    const pick = htmlNode({ name: 'button', parent: find('.planes'), text: letter });
    pick.type = 'button';
    pick.title = ['Red', 'Green', 'Blue'][plane];
    pick.addEventListener('click', () => choosePlane(plane));
    return pick;
  });
  let kernel, planes, size, written, pixel, cells = {}, rows = {}, strongest = {}, shape = '';

  // Nodes for a kernel of this shape; their sizes come from the largest numbers there can be, so that nothing
  // jumps from pixel to pixel.
  function build(next) {
    ({ kernel, planes, size } = next);
    written = Math.max(...size) <= LARGEST_WRITTEN;
    const taps = kernel.taps.flat(), top = Math.max(...taps.map(Math.abs));
    strongest = { kernel: top, products: top * BRIGHTEST };
    find('.planes').hidden = planes < 2;
    root.classList.toggle('mosaic', !written);
    root.classList.toggle('many', written && Math.max(...size) > 5);
    const made = JSON.stringify([size, kernel.sumsOver, kernel.divisor, kernel.offset, planes]);
    if (made !== shape) {
      shape = made;
      TERMS.forEach((name) => {
        const count = written ? size[0] * size[1] : 0;
        grids[name].replaceChildren(...(written ? [] : [htmlNode({ name: 'canvas' })]));
        cells[name] = Array.from({ length: count }, () => htmlNode({ name: 'span', parent: grids[name] }));
      });
      buildSum();
    }
    pixel = Math.max(3, Math.min(16, Math.floor(150 / Math.max(...size))));
    const most = {
      input: 3,
      kernel: longest(taps),
      products: Math.min(7, longest(taps.flatMap((tap) => [tap * BRIGHTEST, tap * (BRIGHTEST - 1)]))),
    };
    TERMS.forEach((name) => {
      const { style } = grids[name];
      style.setProperty('--columns', size[1]);
      style.setProperty('--letters', most[name]);
      const canvas = grids[name].querySelector('canvas');
      if (!canvas) return;
      const sharp = devicePixelRatio || 1;
      Object.assign(canvas, { height: size[0] * pixel * sharp, width: size[1] * pixel * sharp });
      canvas.style.height = `${size[0] * pixel}px`;
      canvas.style.width = `${size[1] * pixel}px`;
    });
  }

  function buildSum() {
    const row = (name, label, role = '') => {
      const term = htmlNode({ name: 'dt', className: name, parent: sumRoot, text: label });
      const value = htmlNode({ name: 'dd', className: name, parent: sumRoot });
      if (role) term.dataset.role = role;
      return { term, value };
    };
    sumRoot.replaceChildren();
    rows = {};
    if (kernel.sumsOver && planes > 1) rows.parts = row('parts', '');
    else rows.sum = row('', `sum of ${size[0] * size[1]} products`);
    if (kernel.divisor !== 1) rows.divided = row('', `divided by ${formatNumber(kernel.divisor)}`, 'kernel');
    if (kernel.offset !== 0) {
      const sign = kernel.offset < 0 ? 'minus' : 'plus';
      rows.result = row('', `${sign} ${formatNumber(Math.abs(kernel.offset))}`, 'bias');
    }
    (rows.result ?? rows.divided ?? rows.parts ?? rows.sum).value.classList.add('result');
    rows.shown = row('shown', 'shown as pixel');
  }

  // Both signs have one scale with zero in the middle.
  const tintOf = (value, most) => ({ share: most ? Math.abs(value) / most : 0, negative: value < 0 });

  function drawGrid(name, values, padded) {
    if (!written) return drawMosaic(name, values, padded);
    cells[name].forEach((cell, at) => {
      const value = values?.[at];
      write(cell, value === undefined ? '' : formatNumber(value));
      let className = padded?.[at] ? 'padded' : '';
      if (name === 'input') {
        cell.style.setProperty('--level', Math.round(value));
        className += value < 118 ? ' dark' : '';
      } else if (value !== undefined) {
        const { share, negative } = tintOf(value, strongest[name]);
        cell.style.setProperty('--tint', `${(55 * share).toFixed(1)}%`);
        className += negative ? ' negative' : '';
      } else cell.style.setProperty('--tint', '0%');
      if (cell.className !== className) cell.className = className;
    });
  }

  function drawMosaic(name, values, padded) {
    const canvas = grids[name].firstChild, pen = canvas.getContext('2d'), sharp = devicePixelRatio || 1;
    const style = getComputedStyle(grids[name]), padding = new Path2D();
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    values?.forEach((value, at) => {
      const cell = [(at % size[1]) * pixel, Math.floor(at / size[1]) * pixel, pixel, pixel];
      if (padded?.[at]) padding.rect(...cell);
      if (name === 'input') pen.fillStyle = `rgb(${value} ${value} ${value})`;
      else {
        const { share, negative } = tintOf(value, strongest[name]);
        pen.globalAlpha = share;
        pen.fillStyle = negative ? style.outlineColor : style.color;
      }
      pen.fillRect(...cell);
    });
    pen.globalAlpha = 1;
    if (padded?.includes(true)) hatch(pen, padding, size.map((length) => length * pixel));
  }

  // `sum` is missing where the real values are not at hand; `shown` where the result is drawn smaller.
  function show({ where, gives, note, means, window: { values, padded }, sum, shown, plane, differs }) {
    const one = Math.min(plane, planes - 1), at = kernel.sumsOver ? 0 : one;
    write(find('.at'), where);
    write(find('.gives'), gives);
    write(find('.note'), note);
    write(find('.means'), means);
    root.classList.toggle('without', !sum);
    picks.forEach((pick, index) => pick.setAttribute('aria-pressed', index === one));
    drawGrid('input', values[one], padded);
    drawGrid('kernel', kernel.taps[one % kernel.taps.length], null);
    drawGrid('products', sum?.products[one], sum && padded);
    if (rows.parts) {
      const parts = sum?.sums.map((part, index) => `${COLOURS[index]} ${formatNumber(part, 6, LARGEST_WHOLE)}`);
      write(rows.parts.term, parts?.join(' + ') ?? '');
    }
    const say = (row, list) => {
      if (!row) return;
      const text = sum ? formatNumber(list[at], 6, LARGEST_WHOLE).replace('≈', '≈ ') : '';
      write(row.value, text);
      row.value.classList.toggle('about', text.startsWith('≈'));
    };
    say(rows.parts ?? rows.sum, sum?.totals);
    say(rows.divided, sum?.divided);
    say(rows.result, sum?.results);
    // Black and white may be where a value was clipped; between them a value that is not whole was rounded.
    const rounded = sum && shown > 0 && shown < 255 && !Number.isInteger(sum.results[at]);
    write(rows.shown.value, shown === null ? '' : `${rounded ? '≈' : ''}${shown}`);
    rows.shown.term.classList.toggle('unknown', shown === null);
    const problem = find('.difference');
    write(problem, differs);
    problem.hidden = !differs;
  }
  return { build, show };
}
