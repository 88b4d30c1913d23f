// The sentence on rows and columns that no window reads, and the settings with which they would be read.
import { htmlNode, write } from '../shared/nodes.mjs';

export function createLeftover({ root, listen, commits }) {
  const said = htmlNode({ name: 'span', parent: root }),
    ask = htmlNode({ name: 'button', className: 'ask', parent: root }),
    list = htmlNode({ name: 'span', className: 'offers' });
  root.insertBefore(list, ask);
  ask.type = 'button';
  const answer = htmlNode({ name: 'span', text: 'Nothing would be left over with' });
  ask.setAttribute('aria-expanded', 'false');
  let offered = '',
    asked = '';

  // The answer takes the place of the sentence: both together would be too long for one line.
  function open(on) {
    said.hidden = on;
    list.hidden = !on;
    ask.setAttribute('aria-expanded', String(on));
    write(ask, on ? 'Close' : asked);
  }
  listen(ask, 'click', () => open(list.hidden));
  listen(list, 'click', ({ target }) => {
    if (!target.offer) return;
    const { name, axis, value } = target.offer,
      change = { name, axis, value };
    commits.add('set', change, change);
  });

  return function update({ unused, question, offers = [] }) {
    root.hidden = !unused;
    write(said, unused);
    ask.hidden = !offers.length;
    const now = JSON.stringify([question, offers]);
    if (now === offered) return;
    offered = now;
    asked = question ?? '';
    open(false);
    list.replaceChildren(answer);
    for (const offer of offers) {
      const button = htmlNode({ name: 'button', className: 'offer', parent: list, text: offer.text });
      button.type = 'button';
      button.offer = offer;
    }
  };
}
