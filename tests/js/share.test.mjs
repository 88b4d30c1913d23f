import assert from 'node:assert/strict';
import test from 'node:test';
import { cutOff, passOn } from '../../app/components/share/share.mjs';

const link = { url: 'https://a.edu/?step=3', title: 'Sliding window' };
const refusing = (name) => () => Promise.reject(Object.assign(new Error(name), { name }));
const clipboard = (copied) => ({ writeText: async (text) => copied.push(text) });

test('the link is copied', async () => {
  const copied = [];
  assert.equal(await passOn({ navigator: { clipboard: clipboard(copied) }, phone: false, link }), 'copied');
  assert.deepEqual(copied, [link.url]);
});

test('a phone offers its own ways', async () => {
  const given = [];
  const navigator = { share: async (what) => given.push(what), clipboard: clipboard([]) };
  assert.equal(await passOn({ navigator, phone: true, link }), 'shared');
  assert.deepEqual(given, [link]);
  assert.equal(await passOn({ navigator: { share: refusing('AbortError') }, phone: true, link }), '');
});

test('where nothing may be copied, the link is shown', async () => {
  const none = { clipboard: { writeText: refusing('NotAllowedError') } };
  assert.equal(await passOn({ navigator: none, phone: false, link }), 'shown');
  assert.equal(await passOn({ navigator: { share: refusing('NotAllowedError') }, phone: true, link }), 'shown');
});

test('a link that may be cut off is said to be long, with what to do instead', () => {
  assert.equal(cutOff('x'.repeat(4000), 'Save it.'), '');
  assert.match(cutOff('x'.repeat(17321), 'Save it.'), /has 17,321 characters.* Save it\.$/);
  assert.match(cutOff('x'.repeat(4001), ''), /cut it off\.$/);
});
