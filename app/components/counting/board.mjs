// The padded input with the window on it, and along its edges a mark at each cell where the window could start.
import { write } from '../shared/nodes.mjs';
import { svgNode } from '../stage/drawing.mjs';
import { readLinks } from '../stage/links.mjs';
import { fitNumbers } from '../stage/numbers.mjs';
import { fillPanel, frameWindow, makePanel, outline, placePanel, writtenNumber } from '../stage/panel.mjs';
import { addPatterns } from '../stage/patterns.mjs';
import { rangeTint } from '../stage/tints.mjs';
import { range } from '../stage/windows.mjs';
import { isWhole } from './finding.mjs';

const PLACES = { page: { edge: 54, title: 22 }, audience: { edge: 112, title: 30 } };

export function createBoard(svg) {
  let data = null,
    panel = null,
    ghost = null,
    marks = [],
    titles = [],
    links = [];

  // The axes of a layer that has one alone are its columns.
  const axisAt = (which) => data.axes.length - 2 + which;
  function makeMark(axis, cell) {
    const group = svgNode({ name: 'g', className: 'mark', parent: svg, role: 'button', tabindex: -1 });
    // A circle is smaller than what a finger hits.
    const target = svgNode({ name: 'rect', className: 'target', parent: group });
    const circle = svgNode({ name: 'circle', parent: group });
    const text = svgNode({ name: 'text', parent: group, 'aria-hidden': true });
    group.place = { axis, cell };
    return { axis, cell, group, target, circle, text };
  }
  function build(next) {
    data = next;
    links = data.links.map(readLinks);
    svg.replaceChildren();
    addPatterns(svg);
    const [rows, columns] = links;
    const classOf = (row, column) => {
      const zones = [rows.zone(row), columns.zone(column)];
      return ['over', 'padding'].find((zone) => zones.includes(zone)) ?? '';
    };
    panel = makePanel({ parent: svg, kind: 'input', index: 0, rows: rows.cells, columns: columns.cells, name: 'Input', classOf });
    panel.group.setAttribute('aria-hidden', true);
    panel.group.removeAttribute('tabindex');
    ghost = svgNode({ name: 'path', className: 'ghost', parent: svg });
    titles = data.axes.map(({ title }) => {
      const node = svgNode({ name: 'text', className: 'title', parent: svg, 'aria-hidden': true });
      write(node, title);
      return node;
    });
    marks = data.axes.flatMap(({ places }, axis) => places.map((_, cell) => makeMark(axis, cell)));
  }
  function fill() {
    const [rows, columns] = links;
    const values = range(rows.cells * columns.cells).map((index) => {
      const [row, column] = [rows.sources[Math.floor(index / columns.cells)], columns.sources[index % columns.cells]];
      return row === null || column === null ? null : data.input.values[row * columns.input + column];
    });
    const fit = fitNumbers({ values: values.filter((value) => value !== null), cell: panel.size, largest: data.present ? 34 : 20 });
    const number = fit && writtenNumber(fit);
    fillPanel({ panel, values, shade: rangeTint(values), fit, written: (spot, value) => (value === null ? '' : number(spot, value)) });
  }
  const axisIn = (axis) => axis + 2 - data.axes.length;
  const isDown = (axis) => data.axes.length > 1 && axis === 0;
  return {
    build,
    receive: (next) => (data = next),
    marks: () => marks.map(({ group }) => group),
    placeOf: (target) => target.closest?.('.mark')?.place ?? null,
    place({ width, height }) {
      const [rows, columns] = links,
        { edge, title } = PLACES[data.present ? 'audience' : 'page'],
        left = data.axes.length > 1 ? edge : 4,
        top = title + 34;
      // A window that hangs over the end has room to be seen.
      const over = [rows, columns].map((table) => Math.max(table.cells, ...data.axes.flatMap(({ places }, axis) => (links[axisIn(axis)] === table ? places.at(-1).cells.at(-1) + 1 : []))));
      const size = Math.max(12, Math.floor(Math.min(data.present ? 72 : 56, (width - left - 8) / over[1], (height - top - 8) / over[0])));
      placePanel({ panel, x: left, y: top, size });
      fill();
      const radius = Math.max(6, Math.min(data.present ? 18 : 13, size * 0.36));
      const reach = Math.min(44, size);
      marks.forEach(({ axis, cell, target, circle, text }) => {
        const along = (cell + 0.5) * size;
        const [x, y] = isDown(axis) ? [left - 22, top + along] : [left + along, top - 20];
        for (const [name, value] of Object.entries({ x: x - reach / 2, y: y - reach / 2, width: reach, height: reach })) target.setAttribute(name, value);
        circle.setAttribute('cx', x);
        circle.setAttribute('cy', y);
        circle.setAttribute('r', radius);
        text.setAttribute('x', x);
        text.setAttribute('y', y);
        text.style.fontSize = `${Math.max(9, radius * 1.15)}px`;
      });
      titles.forEach((node, axis) => {
        node.setAttribute('x', isDown(axis) ? 0 : left);
        node.setAttribute('y', isDown(axis) ? top - 14 : title - 8);
        node.textContent = isDown(axis) ? `${data.axes[axis].title} ↓` : `${data.axes[axis].title} →`;
      });
      return top + rows.cells * size + 8;
    },
    // `tried` is the place that was tried last, null before; `toCount` the axis that is to be counted now.
    show({ found, tried, toCount }) {
      const cellsOf = (which) => {
        const axis = axisAt(which);
        if (axis < 0) return [0];
        if (tried?.axis === axis) return data.axes[axis].places[tried.cell].cells;
        const at = found[axis].at(-1);
        return data.axes[axis].places[at ?? data.axes[axis].places.findIndex(({ legal }) => legal)].cells;
      };
      const [rows, columns] = [0, 1].map(cellsOf);
      const legal = !tried || data.axes[tried.axis].places[tried.cell].legal;
      const started = !!tried || found.some(({ length }) => length);
      frameWindow({ panel, visible: started && legal, rows, columns, glide: true });
      const span = (cells) => cells.at(-1) - cells[0] + 1;
      const box = [rows[0], columns[0], span(rows), span(columns)];
      ghost.setAttribute('transform', `translate(${panel.x} ${panel.y})`);
      ghost.setAttribute('d', started && !legal ? outline([box], panel.size) : '');
      marks.forEach(({ axis, cell, group, text }) => {
        const at = found[axis].indexOf(cell),
          place = data.axes[axis].places[cell],
          wrong = tried?.axis === axis && tried.cell === cell && !place.legal;
        group.classList.toggle('found', at >= 0);
        group.classList.toggle('wrong', wrong);
        group.classList.toggle('waits', axis !== toCount && !isWhole(data.axes[axis], found[axis]));
        write(text, at >= 0 ? String(at + 1) : wrong ? '×' : '');
        const said = at >= 0 ? `, place ${at + 1}` : wrong ? ', the window does not stop here' : '';
        group.setAttribute('aria-label', `${data.axes[axis].title}: start at cell ${cell}${said}`);
      });
    },
    // What one part of the formula stands for, along an axis.
    light(part, axis) {
      const [rows, columns] = links.map(({ padded }) => padded);
      const down = isDown(axis),
        { places } = data.axes[axis] ?? { places: [] };
      const line = (from, count) => (down ? [from, 0, count, columns] : [0, from, rows, count]);
      const first = places.find(({ legal }) => legal)?.cells;
      const PARTS_LIT = {
        '': () => [],
        all: () => [line(0, down ? rows : columns)],
        window: () => [line(first[0], first.at(-1) - first[0] + 1)],
        moves: () => places.flatMap(({ legal }, cell) => (legal && cell !== first[0] ? [line(cell, 1)] : [])),
        first: () => [line(first[0], 1)],
      };
      panel.lit.setAttribute('d', outline(PARTS_LIT[part](), panel.size));
    },
  };
}
