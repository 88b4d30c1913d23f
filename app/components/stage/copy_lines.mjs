// The sum region while copies of the kernel are added up: each product, and what its output cell holds before and after.
import { write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';
import { copySentence } from './adding.mjs';
import { draw } from './panel.mjs';
import { range } from './windows.mjs';

// Below this size of type nothing could be read, and the picture alone shows it.
const TYPE = { least: 9, most: 21, small: 0.66, slot: 112, smallest: 0 },
  // The same before an audience.
  FAR_TYPE = { ...TYPE, most: 32, slot: 170, smallest: 26 },
  // The longest line of a product, in shares of its type.
  LINE_LONG = 4.6;

export function createCopyLines({ svg }) {
  const root = draw('g', 'calculation copies', null, { role: 'img', 'aria-label': '' });
  let model = null,
    terms = [],
    layout = null;

  const termsOf = ({ window }) => {
    const before = model.heldBefore(window.step);
    return window.products.map((product, tap) => {
      const at = window.lands[tap],
        held = at && before[at[0] * model.columns + at[1]];
      const pair = `${formatNumber(window.value, 3)} × ${formatNumber(window.weights[tap], 3)}`;
      if (!at) return { pair, sum: formatNumber(product, 3), end: 'cropped', cropped: true };
      if (held === null) return { pair, sum: formatNumber(product, 3), end: '' };
      const sign = product < 0 ? '−' : '+';
      return {
        pair,
        sum: `${formatNumber(held, 3)} ${sign} ${formatNumber(Math.abs(product), 3)}`,
        end: `= ${formatNumber(held + product, 3)}`,
      };
    });
  };
  return {
    build(next) {
      model = next;
      root.replaceChildren();
      terms = range(model.taps).map((tap) => {
        const group = draw('g', 'product copy', root, { 'aria-hidden': true });
        group.tap = { slice: 0, tap };
        return { group, pair: draw('text', 'pair', group), sum: draw('text', 'value', group), end: draw('text', 'piece output', group) };
      });
      svg.append(root);
    },
    place({ x, y, width, height }) {
      const type = model.present ? FAR_TYPE : TYPE,
        slot = Math.min(width / model.taps, type.slot),
        font = Math.min(type.most, slot / LINE_LONG, height / 3.9);
      layout = font >= type.least ? { slot, font } : null;
      root.style.display = layout ? '' : 'none';
      if (!layout) return;
      root.setAttribute('transform', `translate(${x + (width - slot * model.taps) / 2} ${y})`);
      root.style.setProperty('--font', `${font.toFixed(1)}px`);
      root.style.setProperty('--small', `${Math.min(font, Math.max(font * type.small, type.smallest)).toFixed(1)}px`);
      terms.forEach(({ group, pair, sum, end }, tap) => {
        group.setAttribute('transform', `translate(${(tap + 0.5) * slot} 0)`);
        [pair, sum, end].forEach((text, line) => text.setAttribute('y', (height * (0.2 + 0.3 * line)).toFixed(1)));
      });
    },
    // A product is written once it has landed.
    show({ window, pose }) {
      root.setAttribute('aria-label', copySentence({ window, model }));
      if (!layout) return;
      termsOf({ window }).forEach((words, tap) => {
        const { group, ...texts } = terms[tap],
          landed = !pose || pose.flights[tap] === 1;
        for (const name of ['pair', 'sum', 'end']) write(texts[name], name === 'pair' || landed ? words[name] : '');
        group.classList.toggle('cropped', !!words.cropped);
      });
    },
    light(wanted) {
      terms.forEach(({ group }) => group.classList.toggle('lit', !!wanted?.(group.tap)));
    },
    clear: () => root.remove(),
  };
}
