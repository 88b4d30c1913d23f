// The nodes of both pictures: a frame with a canvas, boxes over it, words around it.
import { htmlNode } from '../shared/nodes.mjs';

export const NAMES = ['original', 'result'];
// Boxes on both: the window and the result's pixel, where they are pinned and where the strip is now.
const BOXES = ['pin window', 'pin cell', 'here window', 'here cell'];

export const makePanels = (root) => Object.fromEntries(NAMES.map((name) => {
  const figure = root.querySelector(`[data-panel=${name}]`), frame = figure.querySelector('.frame');
  const boxes = Object.fromEntries(
    BOXES.map((kind) => [kind, htmlNode({ className: `box ${kind}`, parent: frame })]),
  );
  const canvas = figure.querySelector('canvas'), facts = figure.querySelector('.facts');
  // The decoded picture as canvas and as bytes, and which file it comes from.
  const source = htmlNode({ name: 'canvas', className: 'source', parent: figure });
  return [name, { figure, frame, canvas, facts, boxes, source, pixels: null, drawn: '' }];
}));
