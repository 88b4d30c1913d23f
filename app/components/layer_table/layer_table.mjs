// A network as a table whose lines can be chosen, folded and moved. Python hands over every number.
import { createCommits } from '../shared/commits.mjs';
import { mounting } from '../shared/mount.mjs';
import { htmlNode, write } from '../shared/nodes.mjs';
import { createRoving } from '../shared/roving.mjs';
import { followTheme } from '../shared/theme.mjs';
import { makeLine } from './lines.mjs';

// A longer table scrolls by itself, under its heads.
const MOST_AT_ONCE = 24;

function createLayerTable(host) {
  const root = host.querySelector('.layer-table'),
    [caption, head, body, foot] = ['caption', 'thead tr', 'tbody', 'tfoot tr'].map((part) => root.querySelector(part));
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const commits = createCommits();
  const rove = createRoving({ root: body, items: () => [...body.querySelectorAll('button.name')], listen });
  let shown = {};

  listen(body, 'click', ({ target }) => {
    const button = target.closest('button'),
      row = button?.closest('tr');
    if (!row) return;
    if (button.dataset.act) commits.add('act', [button.dataset.act, row.dataset.id]);
    else commits.add(row.classList.contains('folds') ? 'fold' : 'choose', row.dataset.id);
  });

  // The keyboard stays with the line and the button that it was on.
  function focused() {
    const active = host.activeElement ?? root.getRootNode().activeElement;
    return active?.closest?.('tbody') === body ? { id: active.closest('tr').dataset.id, act: active.dataset.act } : null;
  }
  function focusAgain(place) {
    if (!place) return;
    const row = [...body.children].find(({ dataset }) => dataset.id === place.id);
    const button = row?.querySelector(place.act ? `[data-act="${place.act}"]` : '.name') ?? row?.querySelector('.name');
    button?.focus({ preventScroll: true });
  }
  // Only lines that differ are made anew.
  function fill(data) {
    const before = new Map([...body.children].map((row) => [row.dataset.line, row]));
    const rows = data.lines.map((line) => {
      const key = JSON.stringify([line, data.heads]);
      const row = before.get(key) ?? makeLine(line, data);
      row.dataset.line = key;
      return row;
    });
    const place = focused();
    body.replaceChildren(...rows);
    focusAgain(place);
  }
  const cells = (row, texts, name, more) => row.replaceChildren(...texts.map((text) => Object.assign(htmlNode({ name, text }), more)));

  return {
    update(component) {
      const { data } = component;
      followTheme(root);
      commits.receive(component, data.commits);
      root.classList.toggle('present', data.present);
      root.classList.toggle('long', data.lines.length > MOST_AT_ONCE);
      write(caption, data.caption);
      if (`${shown.heads}` !== `${data.heads}`) {
        cells(head, ['Layer', ...data.heads], 'th', { scope: 'col', role: 'columnheader' });
      }
      if (`${shown.sums}` !== `${data.sums}`) cells(foot, ['In all', ...data.sums], 'td', { role: 'cell' });
      fill(data);
      rove();
      shown = data;
    },
    destroy() {
      ended.abort();
      commits.destroy();
    },
  };
}

export default mounting(createLayerTable);
