// What lights up in the picture; see marks.mjs for what belongs together.
import { outline } from './panel.mjs';

const light = (panel, boxes) => panel.lit.setAttribute('d', boxes?.length ? outline(boxes, panel.size) : '');

// From the middle of one cell to that of another: how far the window moves, or where a copy comes from.
const HEAD = 8,
  OPENED = 0.7;
export function arrow(size, [from, to]) {
  const [start, end] = [from, to].map(([row, column]) => [(column + 0.5) * size, (row + 0.5) * size]);
  const angle = Math.atan2(end[1] - start[1], end[0] - start[0]);
  const barb = (turn) => [end[0] - HEAD * Math.cos(angle + turn), end[1] - HEAD * Math.sin(angle + turn)];
  const points = [start, end, barb(OPENED), end, barb(-OPENED)].map((point) => point.map((at) => at.toFixed(1)).join(' '));
  return `M${points[0]}L${points[1]}M${points[2]}L${points[3]}L${points[4]}`;
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
  if (marks.arrow)
    panels.input.forEach(({ lit, size }, channel) => {
      if (marks.channels && !marks.channels.includes(channel)) return;
      lit.setAttribute('d', `${lit.getAttribute('d')}${arrow(size, marks.arrow)}`);
    });
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
