// The picture: panels of cells as SVG. Only what changed is touched; another geometry keeps what it has of the nodes.
import { formatNumber } from '../shared/numbers.mjs';
import { assemble } from './assembly.mjs';
import { lightUp, putCursor } from './lighting.mjs';
import { showMoment } from './moment.mjs';
import { paintNumbers } from './painting.mjs';
import { writeSpot } from './panel.mjs';
import { addPatterns } from './patterns.mjs';
import { blocksOf, placePicture, wordsOf } from './placing.mjs';

export function createPicture({ svg }) {
  addPatterns(svg);
  // `cell` is the size of a cell for each kind of panel, `shown` the moment on show.
  const drawn = { svg, model: null, panels: null, extras: null, cell: {}, shown: {} };
  const forget = (...names) => names.forEach((name) => (drawn.shown[name] = undefined));

  const panelOf = ({ kind, panel }) => (kind === 'bias' ? drawn.extras.bias : drawn.panels[kind][panel]);
  const numbered = () => [...drawn.panels.input, ...drawn.panels.output];
  const panels = () => [...numbered(), ...drawn.panels.kernel, drawn.extras.bias].filter(Boolean);
  return {
    build(model) {
      Object.assign(drawn, { model, shown: {}, ...assemble(svg, model, drawn) });
    },
    place(layout) {
      placePicture(drawn, layout);
      forget('step', 'map', 'product', 'won');
    },
    paint(model) {
      drawn.model = model;
      paintNumbers(drawn);
      forget('map', 'won', 'results');
    },
    show: (moment) => showMoment(drawn, moment),
    mark: (marks, role) => lightUp(drawn, marks, role),
    cursor: putCursor,
    isBuilt: () => !!drawn.panels,
    blocks: () => blocksOf(drawn),
    panelOf,
    // Whether the cells of the input and the outputs have room for their numbers.
    isWritten: () => numbered().every(({ fit }) => fit),
    panelAt: (group) => panels().find((panel) => panel.group === group),
    panels: () => (drawn.panels ? panels() : []),
    words: () => wordsOf(drawn),
    boxOf(at) {
      const panel = panelOf(at);
      return { left: panel.x + at.column * panel.size, top: panel.y + at.row * panel.size, size: panel.size };
    },
    // The middle of a cell, in the picture, with the size of the type in it.
    spotOf(at) {
      const panel = panelOf(at);
      if (!panel) return null;
      const { x, y, size, fit } = panel;
      return { x: x + (at.column + 0.5) * size, y: y + (at.row + 0.52) * size, size, font: fit?.font, digits: fit?.digits };
    },
    // A typed number is seen at once, before the sums that follow from it arrive.
    writeCell(at, value) {
      const panel = panelOf(at);
      if (panel.fit)
        writeSpot(
          panel,
          panel.cells[at.row * panel.columns + at.column],
          formatNumber(value, panel.fit.digits),
        );
    },
  };
}
