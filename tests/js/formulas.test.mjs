import assert from 'node:assert/strict';
import { test } from 'node:test';

import { tersenessFor } from '../../app/components/stage/formulas.mjs';

test('formulas that fit, or nearly so, are written in full', () => {
  assert.equal(tersenessFor({ room: 900, widths: [880, 700, 600, 450] }), 0);
  assert.equal(tersenessFor({ room: 800, widths: [1000, 700, 600, 450] }), 0);
});

test('what would be too small to read is written more tersely, and no more than it must', () => {
  assert.equal(tersenessFor({ room: 790, widths: [1000, 900, 600, 450] }), 1);
  assert.equal(tersenessFor({ room: 790, widths: [1420, 1190, 1080, 932] }), 3);
});

test('where terser is not narrower nothing is left out in vain', () => {
  assert.equal(tersenessFor({ room: 300, widths: [472, 472, 472, 472] }), 0);
});
