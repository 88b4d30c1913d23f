// A table of answers, each with a button that loads it.
import { createCommits } from '../shared/commits.mjs';
import { mounting } from '../shared/mount.mjs';
import { htmlNode, write } from '../shared/nodes.mjs';
import { followTheme } from '../shared/theme.mjs';

function makeRow(body, cells) {
  const row = htmlNode({ name: 'tr', parent: body });
  cells.forEach((text) => htmlNode({ name: 'td', parent: row, text }));
  const last = htmlNode({ name: 'td', parent: row });
  const button = htmlNode({ name: 'button', parent: last });
  button.type = 'button';
  return row;
}

// The texts of a row as one word, so that only rows that differ are made anew.
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function createAnswers(host) {
  const root = host.querySelector('.answers'),
    [caption, heads, body, empty] = ['caption', 'thead tr', 'tbody', '.empty'].map((part) => root.querySelector(part));
  const commits = createCommits();
  let shown = null;
  const use = ({ target }) => {
    const row = target.closest('button')?.closest('tr');
    if (row) commits.add('use', [...body.children].indexOf(row));
  };
  body.addEventListener('click', use);

  function fill(data) {
    heads.replaceChildren(...[...data.heads, data.act.toLowerCase()].map((text) => Object.assign(htmlNode({ name: 'th', text }), { scope: 'col' })));
    body.replaceChildren();
    data.rows.forEach((cells) => makeRow(body, cells));
  }
  return {
    update(component) {
      const { data } = component;
      followTheme(root);
      root.classList.toggle('present', data.present);
      commits.receive(component, data.commits);
      write(caption, data.caption);
      if (!shown || !same(shown.rows, data.rows) || !same(shown.heads, data.heads)) fill(data);
      [...body.children].forEach((row, at) => {
        row.classList.toggle('marked', data.marked[at]);
        row.classList.toggle('chosen', at === data.chosen);
        const button = row.querySelector('button');
        const word = at === data.chosen ? 'Loaded' : data.act;
        write(button, word);
        button.setAttribute('aria-pressed', at === data.chosen);
        button.setAttribute('aria-label', `${word}: ${data.heads.map((head, cell) => `${head} ${data.rows[at][cell]}`).join(', ')}`);
      });
      write(empty, data.rows.length ? '' : data.empty);
      root.querySelector('table').hidden = !data.rows.length;
      shown = data;
    },
    destroy: () => commits.destroy(),
  };
}

export default mounting(createAnswers);
