import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createKernel, kernelKey } from '../../app/components/kernel_editor/kernel.mjs';
import { createCommits } from '../../app/components/shared/commits.mjs';
import {
  fitNumbers,
  isMatrix,
  readDivisor,
  rowsOfText,
  shortNumber,
  stepped,
} from '../../app/components/kernel_editor/entries.mjs';
import { readNumber } from '../../app/components/shared/reading.mjs';
import {
  cellAt,
  cellSize,
  cellsBetween,
  centreOf,
  moved,
  neighbour,
} from '../../app/components/kernel_editor/grid.mjs';

// --- numbers ---

test('a number may have a comma, a true minus, an exponent or be a fraction', () => {
  const cases = {
    3: ['3', 3],
    ' −2.5 ': ['-2.5', -2.5],
    '–1': ['-1', -1],
    '1,5': ['1.5', 1.5],
    '.5': ['.5', 0.5],
    '2.': ['2.', 2],
    '+1e-3': ['+1e-3', 0.001],
    '1/9': ['1/9', 1 / 9],
    '-1 / 4': ['-1/4', -0.25],
  };
  for (const [typed, [text, value]] of Object.entries(cases)) {
    assert.deepEqual(readNumber(typed), { text, value }, typed);
  }
});

test('what is not a number is said in one sentence', () => {
  const plain = '‘1e’ is not a number: write 3, −2.5 or 1/9.';
  assert.deepEqual(readNumber('1e'), { wrong: plain });
  for (const typed of ['', 'abc', '-', '.', '1/', '/2', '/9', '1/2/3', '0x1f', 'Infinity', 'NaN', '1 2', '--1']) {
    assert.match(readNumber(typed).wrong, /is not a number/, typed);
  }
  assert.match(readNumber('1/0').wrong, /^‘1\/0’ divides by zero/);
  assert.match(readNumber('1000001', { largest: 1e6 }).wrong, /too large: write at most 1,000,000\.$/);
  assert.match(readNumber('1e999').wrong, /too large/);
});

test('an emptied cell is zero, a divisor is not', () => {
  assert.deepEqual(readNumber(' ', { empty: '0' }), { text: '0', value: 0 });
  assert.match(readDivisor('').wrong, /is not a number/);
  assert.match(readDivisor('0,0').wrong, /divided by 0/);
  assert.deepEqual(readDivisor('1/3'), { text: '1/3', value: 1 / 3 });
});

test('one more and one less leave no dust', () => {
  assert.equal(stepped(1.1, -1), '0.1');
  assert.equal(stepped(-1, 1), '0');
  assert.equal(stepped(0, -1), '-1');
});

test('a number that is too long for its cell loses digits, a whole one never does', () => {
  const short = (text, characters) => shortNumber({ text, value: readNumber(text).value, characters });
  assert.equal(short('-1', 2), '−1');
  assert.equal(short('1/9', 3), '1/9');
  assert.equal(short('0.05854983', 6), '.05855');
  assert.equal(short('0.05854983', 3), '.06');
  assert.equal(short('-0.25', 4), '−.25');
  assert.equal(short('123456', 5), '…');
  assert.equal(short('25.000', 2), '25');
  assert.equal(short('12345.0', 4), '…');
  assert.equal(short('-0.0008', 4), '≈0');
});

test('numbers grow with their cells and give way to colour alone', () => {
  assert.equal(fitNumbers({ texts: ['1'], cell: 21 }), null);
  assert.deepEqual(fitNumbers({ texts: ['1', '-2'], cell: 56 }), { font: 18, characters: 4 });
  const narrow = fitNumbers({ texts: ['0.05854983'], cell: 30 });
  assert.equal(narrow.font, 10);
  assert.equal(narrow.characters, 4);
});

test('a matrix is told from a number', () => {
  for (const text of ['1 2\n3 4', '1\t2', '1; 2', '[[1, 2], [3, 4]]', '1 2 3', '1, 2', '1,2,3', '1_2']) {
    assert.equal(isMatrix(text), true, text);
  }
  for (const text of ['1', ' -2.5 \n', '1,5', '1/9', '1 / 9']) assert.equal(isMatrix(text), false, text);
});

test('the kernel is copied as rows', () => {
  assert.equal(rowsOfText({ texts: ['1', '-1/2', '0', '4'], columns: 2 }), '1\t-1/2\n0\t4');
});

// --- the grid ---

test('cells are large for small kernels and always fit the column', () => {
  const size = (rows, columns, room = 270) => cellSize({ rows, columns, room });
  assert.deepEqual([size(3, 3), size(5, 5), size(7, 7), size(1, 7)], [56, 46, 36, 36]);
  assert.ok(fitNumbers({ texts: ['-1'], cell: size(9, 9) }));
  assert.equal(fitNumbers({ texts: ['-1'], cell: size(15, 15) }), null);
  for (const room of [200, 270, 366, 900]) {
    for (let rows = 1; rows <= 31; rows += 1) {
      for (let columns = 1; columns <= 31; columns += 1) {
        const cell = size(rows, columns, room);
        assert.ok(cell * columns < room, `${rows} × ${columns} in ${room}`);
        assert.ok(cell * rows <= 420);
      }
    }
  }
  assert.ok(cellSize({ rows: 7, columns: 7, room: 366, coarse: true }) >= 44);
});

test('arrows, Home and End move and stop at the edges', () => {
  const to = (key, row, column, far) => {
    const cell = moved({ key, far, row, column, rows: 3, columns: 4 });
    return cell && [cell.row, cell.column];
  };
  assert.deepEqual(to('ArrowRight', 1, 1), [1, 2]);
  assert.deepEqual(to('ArrowUp', 1, 1), [0, 1]);
  assert.deepEqual(to('ArrowDown', 2, 1), [2, 1]);
  assert.deepEqual(to('ArrowLeft', 2, 3, true), [2, 0]);
  assert.deepEqual(to('Home', 2, 3), [2, 0]);
  assert.deepEqual(to('End', 1, 0, true), [2, 3]);
  assert.equal(to('a', 1, 1), null);
});

test('Tab reads row by row and ends', () => {
  const from = (row, column, step) => neighbour({ row, column, rows: 2, columns: 2, step });
  assert.deepEqual(from(0, 1, 1), { row: 1, column: 0 });
  assert.deepEqual(from(1, 0, -1), { row: 0, column: 1 });
  assert.equal(from(1, 1, 1), null);
  assert.equal(from(0, 0, -1), null);
});

test('the centre of an even side is the cell before the middle', () => {
  assert.deepEqual(centreOf({ rows: 3, columns: 5 }), { row: 1, column: 2 });
  assert.deepEqual(centreOf({ rows: 2, columns: 4 }), { row: 0, column: 1 });
  assert.deepEqual(centreOf({ rows: 1, columns: 1 }), { row: 0, column: 0 });
});

test('a fast pointer misses no cell, and none outside is painted', () => {
  const way = (from, to) =>
    cellsBetween({
      from: { row: from[0], column: from[1] },
      to: { row: to[0], column: to[1] },
      rows: 5,
      columns: 5,
    });
  assert.deepEqual(way([2, 0], [2, 4]), [10, 11, 12, 13, 14]);
  assert.deepEqual(way([3, 3], [0, 0]), [18, 12, 6, 0]);
  assert.deepEqual(way([1, 1], [1, 1]), [6]);
  assert.deepEqual(way([4, 3], [4, 7]), [23, 24]);
  assert.deepEqual(way([-3, 2], [-1, 2]), []);
  for (let row = 0; row < 5; row += 1) {
    for (let column = 0; column < 5; column += 1) {
      const cells = way([0, 0], [row, column]);
      assert.equal(cells.at(-1), row * 5 + column);
      cells.slice(1).forEach((index, at) => {
        const before = cells[at];
        const gaps = [Math.floor(index / 5) - Math.floor(before / 5), (index % 5) - (before % 5)];
        assert.ok(gaps.every((gap) => Math.abs(gap) <= 1));
      });
    }
  }
});

test('a place on the grid is a cell, also left of it', () => {
  assert.deepEqual(cellAt({ x: 57, y: 3, cell: 56 }), { row: 0, column: 1 });
  assert.deepEqual(cellAt({ x: -1, y: 60, cell: 56 }), { row: 1, column: -1 });
});

test('the strongest tint is that of the palette', () => {
  const text = (path) => readFileSync(new URL(`../../app/components/${path}`, import.meta.url), 'utf8');
  const [, tint] = text('palette.py').match(/^TINT = ([\d.]+)/m);
  assert.ok(text('kernel_editor/cells.mjs').includes(`const TINT = ${tint};`));
});

// --- echoes ---

const kernel = (...texts) => ({ rows: 1, columns: texts.length, texts, divisor: '1', offset: '0' });
const key = (...texts) => kernelKey(kernel(...texts));

test('kernels are compared by their numbers, size, divisor and offset', () => {
  assert.equal(key('1/4', '-1'), key('0.25', '−1.0'));
  assert.notEqual(key('1', '2'), key('2', '1'));
  assert.notEqual(kernelKey({ ...kernel('1', '2'), divisor: '3' }), key('1', '2'));
  assert.notEqual(kernelKey({ ...kernel('1', '2'), rows: 2, columns: 1 }), key('1', '2'));
});

// A player of both sides: what is shown here, what was sent, what Python hands back.
function session(...texts) {
  const sent = [], component = { setStateValue: (_, { list }) => sent.push(list.at(-1)[2].texts) };
  const commits = createCommits({ watch: () => () => {} });
  const editor = createKernel({ commits, changed: () => {} });
  const answer = (seen, ...given) => {
    commits.receive(component, { of: `kernel ${session.count}`, session: 'one', seen });
    return editor.receive({ ...kernel(...given), limit: 1e6 }, null);
  };
  session.count = (session.count ?? 0) + 1;
  answer(0, ...texts);
  return {
    sent, answer,
    edit: (...next) => next.forEach((text, index) => editor.put([index], text)),
    send: editor.commit,
    shown: () => editor.numbers.texts,
  };
}

test('the echo of what was sent changes nothing, while newer numbers wait', () => {
  const { edit, send, answer, shown } = session('0');
  edit('1');
  send();
  edit('12');
  assert.equal(answer(1, '1'), false);
  assert.deepEqual(shown(), ['12']);
  send();
  // Python's way of writing the same number is taken over.
  assert.equal(answer(2, '12.0'), false);
  assert.deepEqual(shown(), ['12.0']);
});

test('numbers that Python holds are not sent again', () => {
  const { edit, send, sent } = session('0.25');
  edit('1/4');
  send();
  assert.deepEqual(sent, []);
  edit('3');
  send();
  send();
  assert.deepEqual(sent, [['3']]);
});

test('an answer that has not taken in the last edit is not news', () => {
  const { edit, send, answer, shown } = session('0');
  edit('1');
  send();
  edit('2');
  send();
  assert.equal(answer(0, '0'), false);
  assert.equal(answer(1, '1'), false);
  assert.deepEqual(shown(), ['2']);
});

test('an undo is news even when it brings back what was sent a moment ago', () => {
  const { edit, send, answer, shown } = session('0');
  edit('1');
  send();
  edit('2');
  send();
  // Python has taken in both edits and the undo in one run.
  assert.equal(answer(2, '1'), true);
  assert.deepEqual(shown(), ['1']);
});

test('another kernel replaces what is half done', () => {
  const { edit, answer, shown } = session('0');
  edit('7');
  assert.equal(answer(0, '3', '3'), true);
  assert.deepEqual(shown(), ['3', '3']);
});

test('a refused edit is taken back', () => {
  const { edit, send, answer, shown } = session('0');
  edit('9');
  send();
  assert.equal(answer(1, '0'), true);
  assert.deepEqual(shown(), ['0']);
});
