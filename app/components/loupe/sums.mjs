// What the products add up to, a line each: the sum, the division, the offset, and the pixel that is shown.
import { htmlNode, write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';

const LARGEST_WHOLE = 1e9;
export const COLOURS = ['R', 'G', 'B'];

const said = (value) => formatNumber(value, 6, LARGEST_WHOLE);

export function createSums(root) {
  let rows = {};
  const row = (name, label, role = '') => {
    const term = htmlNode({ name: 'dt', className: name, parent: root, text: label });
    const value = htmlNode({ name: 'dd', className: name, parent: root });
    if (role) term.dataset.role = role;
    return { term, value };
  };
  const writeLine = (line, value) => {
    if (!line) return;
    const text = value === undefined ? '' : said(value).replace('≈', '≈ ');
    write(line.value, text);
    line.value.classList.toggle('about', text.startsWith('≈'));
  };
  return {
    build({ kernel, planes, size }) {
      root.replaceChildren();
      rows = {};
      if (kernel.sums_over && planes > 1) rows.parts = row('parts', '');
      else rows.sum = row('', `sum of ${size[0] * size[1]} products`);
      if (kernel.divisor !== 1) rows.divided = row('', `divided by ${formatNumber(kernel.divisor)}`, 'kernel');
      if (kernel.offset !== 0) {
        const sign = kernel.offset < 0 ? 'minus' : 'plus';
        rows.result = row('', `${sign} ${formatNumber(Math.abs(kernel.offset))}`, 'bias');
      }
      (rows.result ?? rows.divided ?? rows.parts ?? rows.sum).value.classList.add('result');
      rows.shown = row('shown', 'shown as pixel');
    },
    // `at`: which of the results.
    show({ sum, at, shown }) {
      if (rows.parts) {
        const parts = sum?.sums.map((part, plane) => `${COLOURS[plane]} ${said(part)}`);
        write(rows.parts.term, parts?.join(' + ') ?? '');
      }
      writeLine(rows.parts ?? rows.sum, sum?.totals[at]);
      writeLine(rows.divided, sum?.divided[at]);
      writeLine(rows.result, sum?.results[at]);
      // Black and white may be where a value was clipped; between them a value that is not whole was rounded.
      const rounded = sum && shown > 0 && shown < 255 && !Number.isInteger(sum.results[at]);
      write(rows.shown.value, shown === null ? '' : `${rounded ? '≈' : ''}${shown}`);
      rows.shown.term.classList.toggle('unknown', shown === null);
    },
  };
}
