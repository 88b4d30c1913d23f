// A card at a letter of a formula: what it stands for, and how far it goes.
import { htmlNode, write } from '../shared/nodes.mjs';

const ABOVE = 6;

// The meaning of a term begins with what it is, as in `p = 1: padding on each side`.
export function cardWords(meaning, number = null) {
  const [what, ...rest] = meaning.split(': ');
  const range = number && (number.least < number.most ? `${number.least} to ${number.most}` : `only ${number.least} fits`);
  return rest.length ? { what, words: rest.join(': '), range } : { what: '', words: meaning, range };
}

export function createCard({ root, keys }) {
  const card = htmlNode({ className: 'card', parent: root });
  const [what, words, range] = ['b', 'span', 'small'].map((name) => htmlNode({ name, parent: card }));
  card.hidden = true;
  card.setAttribute('aria-hidden', 'true'); // the readout says the same

  // Above the term, within the width of the formulas; `place` is measured as the screen shows it, zoomed or not.
  function put(term) {
    const [frame, place] = [root, term].map((node) => node.getBoundingClientRect());
    const zoom = frame.width / root.offsetWidth || 1;
    const middle = (place.left + place.width / 2 - frame.left) / zoom;
    const most = root.offsetWidth - card.offsetWidth;
    card.style.left = `${Math.max(0, Math.min(middle - card.offsetWidth / 2, most))}px`;
    card.style.bottom = `${(frame.bottom - place.top) / zoom + ABOVE}px`;
  }
  return {
    show(term, number) {
      const said = cardWords(term.dataset.meaning, number);
      write(what, said.what);
      write(words, said.words);
      write(range, said.range ? `${said.range} · ${keys ? 'drag sideways, or press ↑ ↓' : 'drag sideways'}` : '');
      card.dataset.role = term.dataset.role;
      card.hidden = false;
      put(term);
    },
    hide() {
      card.hidden = true;
    },
  };
}
