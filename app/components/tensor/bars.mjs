// Bars of one chart share a scale; each is made of parts, and its number stands beside it.
import { children, make, set, write } from './nodes.mjs';

function createChart() {
  const chart = make({ name: 'section', className: 'chart' });
  make({ name: 'h3', parent: chart });
  make({ className: 'rows', parent: chart });
  make({ name: 'p', className: 'note', parent: chart });
  return chart;
}

function createBar() {
  const bar = make({ className: 'bar' });
  make({ name: 'span', className: 'label', parent: bar });
  make({ name: 'span', className: 'track', parent: bar });
  make({ name: 'span', className: 'total', parent: bar });
  make({ name: 'span', className: 'parts', parent: bar });
  return bar;
}

const createPart = () => make({ name: 'span', className: 'part' });

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
