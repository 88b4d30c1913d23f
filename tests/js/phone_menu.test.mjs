import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closes } from '../../app/web/phone_menu/phone_menu.mjs';

test('a link that is followed closes the list of pages, and so does a press or the focus elsewhere', () => {
  for (const on of ['link', 'beside', 'page']) assert.ok(closes({ type: 'click', on }), on);
  assert.ok(closes({ type: 'focusin', on: 'page' }));
  for (const on of ['list', 'button']) assert.ok(!closes({ type: 'click', on }), on);
  for (const on of ['link', 'list', 'button']) assert.ok(!closes({ type: 'focusin', on }), on);
});

test('of the keys Escape alone closes it', () => {
  assert.ok(closes({ type: 'keydown', key: 'Escape', on: 'link' }));
  for (const key of ['Tab', 'Enter', 'ArrowDown']) assert.ok(!closes({ type: 'keydown', key, on: 'link' }));
});
