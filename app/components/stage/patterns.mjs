// What padding and unused cells are filled with, so that colour never stands alone.
import { draw } from './panel.mjs';

const LINES = { hatch: 'M0 0V6', cross: 'M0 0V6M0 0H6' };

export function addPatterns(svg) {
  const defs = draw('defs', '', svg);
  for (const [id, lines] of Object.entries(LINES)) {
    const units = { patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' };
    const pattern = draw('pattern', '', defs, { id, width: 6, height: 6, ...units });
    draw('rect', 'ground', pattern, { width: 6, height: 6 });
    draw('path', 'ink', pattern, { d: lines });
  }
}
