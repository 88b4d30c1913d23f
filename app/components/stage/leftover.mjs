// The sentence on rows and columns that no window reads, and the settings with which they would be read.
import { htmlNode, write } from '../shared/nodes.mjs';

export function createLeftover({ root, listen, commits }) {
  const said = htmlNode({ name: 'span', parent: root }),
    ask = htmlNode({ name: 'button', className: 'ask', parent: root }),
    list = htmlNode({ name: 'span', className: 'offers', parent: root });
  ask.type = 'button';
  ask.setAttribute('aria-expanded', 'false');
  let offered = '';

  function open(on) {
    list.hidden = !on;
    ask.setAttribute('aria-expanded', String(on));
  }
  listen(ask, 'click', () => open(list.hidden));
  listen(list, 'click', ({ target }) => {
    const { offer } = target;
    if (offer) commits.add('set', { name: offer.name, axis: offer.axis, value: offer.value });
  });

  return function update({ unused, question, offers = [] }) {
    root.hidden = !unused;
    write(said, unused);
    ask.hidden = !offers.length;
    write(ask, question ?? '');
    const now = JSON.stringify(offers);
    if (now === offered) return;
    offered = now;
    open(false);
    list.replaceChildren();
    for (const offer of offers) {
      const button = htmlNode({ name: 'button', className: 'offer', parent: list, text: offer.text });
      button.type = 'button';
      button.offer = offer;
    }
  };
}
