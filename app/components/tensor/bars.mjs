// Bars of one chart share a scale; each is made of parts, and its number stands beside it.
import { htmlNode, write } from '../shared/nodes.mjs';
import { children, set } from './nodes.mjs';

function createChart() {
  const chart = htmlNode({ name: 'section', className: 'chart' });
  htmlNode({ name: 'h2', parent: chart });
  htmlNode({ className: 'rows', parent: chart });
  htmlNode({ name: 'p', className: 'note', parent: chart });
  return chart;
}

function createBar() {
  const bar = htmlNode({ className: 'bar' });
  htmlNode({ name: 'span', className: 'label', parent: bar });
  htmlNode({ name: 'span', className: 'track', parent: bar });
  htmlNode({ name: 'span', className: 'total', parent: bar });
  htmlNode({ name: 'span', className: 'parts', parent: bar });
  return bar;
}

const createPart = () => htmlNode({ name: 'span', className: 'part' });

export function showBars({ root, bars }) {
  children({ parent: root, count: bars.length, create: createChart }).forEach((chart, index) => {
    const { title, rows, note } = bars[index];
    const [head, list, remark] = chart.children;
    write(head, title);
    set(chart, 'aria-label', title);
    write(remark, note);
    remark.hidden = !note;
    children({ parent: list, count: rows.length, create: createBar }).forEach((bar, at) => {
      const { label, total, parts, words } = rows[at];
      const [name, track, number, sentence] = bar.children;
      write(name, label);
      write(number, total);
      write(sentence, words);
      track.setAttribute('aria-hidden', 'true');
      children({ parent: track, count: parts.length, create: createPart }).forEach((part, which) => {
        const { share, role } = parts[which];
        set(part, 'data-role', role);
        part.style.width = `${100 * share}%`;
      });
    });
  });
}
