// What padding and unused cells are filled with, so that colour never stands alone.
import { svgNode } from './drawing.mjs';

const LINES = { hatch: 'M0 0V6', cross: 'M0 0V6M0 0H6' };

export function addPatterns(svg) {
  const defs = svgNode({ name: 'defs', parent: svg });
  for (const [id, lines] of Object.entries(LINES)) {
    const units = { patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' };
    const pattern = svgNode({ name: 'pattern', parent: defs, id, width: 6, height: 6, ...units });
    svgNode({ name: 'rect', className: 'ground', parent: pattern, width: 6, height: 6 });
    svgNode({ name: 'path', className: 'ink', parent: pattern, d: lines });
  }
}
