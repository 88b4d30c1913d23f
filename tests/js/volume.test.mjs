// The frames of a video as planes side by side: what each is called, which are padding, and what belongs together.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { editOf } from '../../app/components/stage/changes.mjs';
import { editableCell } from '../../app/components/stage/editing.mjs';
import { cellMarks, roleMarks } from '../../app/components/stage/marks.mjs';
import { readModel } from '../../app/components/stage/model.mjs';
import { sumSentence } from '../../app/components/stage/sum_sentence.mjs';
import { tablesOf } from '../../app/components/stage/tables.mjs';
import { windowSentence } from '../../app/components/stage/words.mjs';

const read = (name) => JSON.parse(readFileSync(new URL(`fixtures/stage/${name}.json`, import.meta.url), 'utf8'));
const video = readModel(read('video')),
  channels = readModel(read('video-channels'));
const captions = (model) =>
  [...tablesOf({ model, map: 0, resultOf: () => 'shown' }).matchAll(/<caption>(.*?)<\/caption>/g)].map(([, text]) => text);

test('every plane is called by its frame, those of the padding before the first one below zero', () => {
  assert.deepEqual(captions(video), [
    'Input frame −1', 'Input frame 0', 'Input frame 1', 'Input frame 2', 'Input frame 3',
    'Kernel frame 0', 'Kernel frame 1', 'Output frame 0', 'Output frame 1',
  ]);
  assert.ok(captions(channels).includes('Input channel 1, frame −1'));
  assert.ok(captions(channels).includes('Output channel 1, frame 2'));
});

test('the sentence of a step names the frames that are read, and the sum each of them', () => {
  const { rows, columns } = video,
    second = video.window(rows * columns);
  assert.match(windowSentence({ window: second, model: video }), /^Output frame 1, row 0, column 0: window frames 1–2, rows −1 to 1, columns 0–1; 12 products/);
  assert.match(sumSentence({ window: second, model: video }), /^frame 1: .* = .*; frame 2: .*; together /);
});

test('the cells of a padded frame are padding, and cannot be changed; all others are the input’s', () => {
  const cell = (panel, row) => ({ kind: 'input', panel, row, column: 0 });
  assert.equal(video.zone(1, 0, 0), 'padding');
  assert.equal(video.zone(1, 0, 1), 'input');
  assert.equal(video.zone(0, 0, 1), 'padding');
  assert.equal(editableCell(cell(0, 1), video, 0), null);
  assert.deepEqual(editableCell(cell(1, 1), video, 0).index, [1, 0, 0]);
});

test('a frame over which the stride passes is never used', () => {
  assert.deepEqual([0, 1, 2, 3, 4].map((plane) => video.isUnused(1, 0, plane)), [false, false, false, false, true]);
  const left = roleMarks({ role: 'floor', model: video, id: 'frames', step: 0 });
  assert.deepEqual(left.channels, [4]);
  assert.match(tablesOf({ model: video, map: 0, resultOf: () => 'shown' }), /Input frame −1<\/caption>.*?0, padding/s);
});

test('a frame that padding copies belongs with its copies, and counts once for each output cell', () => {
  const { marks, words } = cellMarks({ cell: { kind: 'input', panel: 0, row: 0, column: 0 }, model: channels, map: 0 });
  assert.deepEqual(marks.channels, [0, 1]);
  assert.deepEqual(marks.maps, [0, 1, 3, 4]);
  assert.equal(marks.arrow, undefined);
  assert.match(words, /^Padding channel 0, frame −1, row 0, column 0 \(top left\) \(a copy of input channel 0, frame 0, row 0, column 0\): .*; used by 4 output cells\.$/);
});

test('all frames of an output channel have one kernel and one bias', () => {
  assert.equal(channels.kernels, 2);
  assert.deepEqual([0, 1, 2, 3, 4, 5].map(channels.kernelOf), [0, 0, 0, 1, 1, 1]);
  assert.deepEqual(editableCell({ kind: 'kernel', panel: 3, row: 1, column: 0 }, channels, 4).index, [1, 3, 1, 0]);
  assert.deepEqual(editableCell({ kind: 'bias', panel: 0, row: 0, column: 0 }, channels, 4).index, [1]);
  assert.equal(channels.mapBeside(1, 1), 4);
  const { marks } = cellMarks({ cell: { kind: 'bias', panel: 0, row: 0, column: 0 }, model: channels, map: 4 });
  assert.deepEqual(marks.maps, [3, 4, 5]);
});

test('a changed weight reaches the frames of its own output channel', () => {
  const data = read('video-channels');
  data.kernel.values[data.kernel.values.length - 1] += 1;
  const { kind, places } = editOf(channels, readModel(data));
  assert.equal(kind, 'kernel');
  assert.deepEqual([...new Set(places.map(([map]) => map))], [3, 4, 5]);
});
