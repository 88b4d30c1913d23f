// The stage in one dimension: rows of cells, and below each cell what reads it or is added to it. Python hands over
// the tables of links.
import { mounting } from '../shared/mount.mjs';
import { htmlNode } from '../shared/nodes.mjs';
import { followTheme } from '../shared/theme.mjs';
import { draw, makeCells, placeCells, writeSpot } from '../stage/panel.mjs';
import { addPatterns } from '../stage/patterns.mjs';
import { isNumbered, readRow, scaleOf } from './rows.mjs';

// How high cells and bars are, how far a bar is below the one before it and the first below the cells; how narrow and
// how wide a cell may be. Before a class all is larger, and nobody scrolls sideways.
const EDGE = 2,
  NEAR = { high: 26, bar: 9, line: 13, under: 8, least: 8, widest: 28 },
  FAR = { high: 44, bar: 14, line: 20, under: 12, least: 5, widest: 44 };

function makeFigure(row, root) {
  const figure = htmlNode({ name: 'figure', parent: root });
  figure.setAttribute('aria-label', row.title);
  const caption = htmlNode({ name: 'figcaption', parent: figure });
  htmlNode({ name: 'b', parent: caption, text: row.title });
  htmlNode({ name: 'span', parent: caption, text: row.words });
  const svg = draw('svg', '', figure, { role: 'img', 'aria-label': `${row.title}. ${row.words}` });
  const group = draw('g', `panel ${row.role}`, svg);
  const cells = makeCells({ parent: group, rows: 1, columns: row.cells.length, classOf: (_, at) => row.cells[at] });
  return { row, figure, svg, panel: { group, cells }, bars: draw('g', 'bars', svg) };
}

function drawBar({ first, count, lane, taps, off }, { bars, scale, left, sizes }) {
  const { cell } = scale,
    y = EDGE + sizes.high + sizes.under + lane * sizes.line;
  const bar = draw('g', off ? 'reach off' : 'reach', bars, { transform: `translate(${left} ${y})` });
  draw('rect', '', bar, { x: first * cell + 1, width: count * cell - 2, height: sizes.bar, rx: 2 });
  for (const tap of taps) draw('circle', 'tap', bar, { cx: (tap + 0.5) * cell, cy: sizes.bar / 2, r: sizes.bar / 4 });
}

function placeFigure({ row, svg, panel, bars }, scale, sizes) {
  const left = EDGE + (scale.before - row.before) * scale.cell;
  placeCells({ panel, x: left, y: EDGE, size: scale.cell, high: sizes.high });
  panel.cells.forEach((spot, at) => {
    const number = at - row.before;
    const numbered = row.cells[at] === 'input' && isNumbered(number, row.input, scale.cell);
    writeSpot(panel, spot, numbered ? String(number) : '');
    // In front of the cells beside it, which may be narrower than the number.
    if (spot.text) panel.cells[0].rect.parentNode.append(spot.text);
  });
  bars.replaceChildren();
  row.bars.forEach((bar) => drawBar(bar, { bars, scale, left, sizes }));
  const lines = Math.max(0, ...row.bars.map(({ lane }) => lane + 1));
  svg.setAttribute('width', scale.cells * scale.cell + 2 * EDGE);
  svg.setAttribute('height', 2 * EDGE + sizes.high + (lines ? sizes.under + lines * sizes.line : 0));
}

function createAxes(host) {
  const root = host.querySelector('.rows');
  addPatterns(host.querySelector('.patterns'));
  let asked = '',
    figures = [],
    sizes = NEAR,
    width = 0;

  function place() {
    if (!figures.length) return;
    width = Math.min(...figures.map(({ figure }) => figure.clientWidth));
    if (width <= 2 * EDGE) return;
    const scale = scaleOf(figures.map(({ row }) => row), width - 2 * EDGE, sizes);
    figures.forEach((figure) => placeFigure(figure, scale, sizes));
    // A drawing that is wider than its place is moved by the arrow keys, once Tab has led there.
    figures.forEach(({ figure }) => {
      if (figure.scrollWidth > figure.clientWidth) figure.setAttribute('tabindex', '0');
      else figure.removeAttribute('tabindex');
    });
  }
  const observer = new ResizeObserver(() => {
    if (figures.length && figures[0].figure.clientWidth !== width) place();
  });
  observer.observe(root);
  return {
    update({ data }) {
      followTheme(host.querySelector('.axes'));
      const now = JSON.stringify(data);
      if (now === asked) return;
      asked = now;
      sizes = data.present ? FAR : NEAR;
      host.querySelector('.axes').classList.toggle('present', data.present);
      root.classList.toggle('stacked', data.stacked);
      root.replaceChildren();
      figures = data.pictures.map((picture) => makeFigure(readRow(picture), root));
      place();
    },
    destroy: () => observer.disconnect(),
  };
}

export default mounting(createAxes);
