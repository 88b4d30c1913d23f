// What lights up in the picture; see marks.mjs for what belongs together.
import { outline } from './panel.mjs';

const light = (panel, boxes) => panel.lit.setAttribute('d', boxes?.length ? outline(boxes, panel.size) : '');

// From the first box to the second: how far the window moves.
function arrow(size, [[row, column, rows, columns], second]) {
  const [x, y] = [(second[1] + columns / 2) * size, (second[0] + rows / 2) * size];
  const head = second[1] > column ? 'm-6 -5l6 5l-6 5' : 'm-5 -6l5 6l5 -6';
  return `M${(column + columns / 2) * size} ${(row + rows / 2) * size}L${x} ${y}${head}`;
}

// Boxes to light up, per kind of panel.
export function lightUp({ svg, model, panels, extras }, marks, role = '') {
  svg.dataset.role = role;
  panels.input.forEach((panel, channel) =>
    light(panel, !marks.channels || marks.channels.includes(channel) ? marks.input : null),
  );
  panels.kernel.forEach((panel, slice) =>
    light(panel, marks.slice === undefined || marks.slice === slice ? marks.kernel : null),
  );
  panels.output.forEach((panel, map) =>
    light(panel, !marks.maps || marks.maps.includes(map % model.maps) ? marks.output : null),
  );
  if (extras.bias) light(extras.bias, marks.bias ? [[0, 0, 1, 1]] : null);
  if (marks.arrow && marks.input.length > 1)
    panels.input.forEach(({ lit, size }) =>
      lit.setAttribute('d', `${lit.getAttribute('d')}${arrow(size, marks.input)}`),
    );
}

// The keyboard's cell on a panel; `words` say what it holds. Without a cell it is put away.
export function putCursor(panel, at, words) {
  const { group, cursor, size } = panel;
  group.classList.toggle('walking', !!at);
  if (!at) {
    group.removeAttribute('aria-activedescendant');
    return;
  }
  cursor.setAttribute('transform', `translate(${at.column * size} ${at.row * size})`);
  cursor.setAttribute('aria-label', words);
  cursor.setAttribute('aria-colindex', at.column + 1);
  cursor.parentNode.setAttribute('aria-rowindex', at.row + 1);
  group.setAttribute('aria-activedescendant', cursor.id);
}
