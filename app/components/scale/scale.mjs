// A layer of any size, drawn to scale. Python hands over every number.
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';
import { scrollerOf, watchRoom } from '../shared/room.mjs';
import { followTheme } from '../shared/theme.mjs';
import { makeFormula } from '../stage/formula.mjs';
import { addPatterns } from '../stage/patterns.mjs';
import { drawScale, titleWidths } from './bodies.mjs';
import { measure } from './measures.mjs';

// Shares of the screen's height, and the least pixels.
const HIGH = { page: { share: 0.32, least: 190 }, audience: { share: 0.58, least: 120 } };

// Its numbers are typed beside the drawing, so none of its letters is a handle here.
function writeFormula(formula) {
  const { line, fill } = makeFormula(formula);
  fill(formula, { settingOf: () => null });
  line.querySelectorAll('[data-meaning]').forEach((term) => (term.dataset.words = term.dataset.meaning));
  return line;
}

function createScale(host) {
  const root = host.querySelector('.stage'),
    svg = root.querySelector('svg'),
    hovered = root.querySelector('.hovered');
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const formulas = root.querySelector('.written');
  addPatterns(svg);
  let data = null,
    most = Infinity;

  function draw() {
    const width = root.clientWidth;
    if (!data || !width) return;
    const { share, least } = data.present ? HIGH.audience : HIGH.page;
    const height = Math.max(least, Math.min(innerHeight * share, width * 0.7, most));
    drawScale({ svg, data, width, places: measure({ ...data, width, height, titled: titleWidths(svg, data.titles) }) });
  }
  // Nothing of what an audience sees lies below the screen: the drawing gives way to the facts below it.
  function fit() {
    const main = scrollerOf(root),
      over = data?.present && main ? main.scrollHeight - main.clientHeight : 0;
    const now = svg.height.baseVal.value;
    if (over <= 0 || most <= HIGH.audience.least) return;
    most = Math.max(HIGH.audience.least, Math.min(now, most) - over);
    draw();
  }
  const say = ({ target }) => write(hovered, target.dataset?.words ?? '');
  for (const part of [svg, formulas]) {
    listen(part, 'pointerover', say);
    listen(part, 'click', say);
    listen(part, 'pointerleave', () => write(hovered, ''));
  }
  listen(window, 'resize', () => (most = Infinity));
  const leaveRoom = watchRoom(root, () => {
    draw();
    fit();
  });

  return {
    update(component) {
      data = component.data;
      followTheme(root);
      root.classList.toggle('present', data.present);
      svg.setAttribute('aria-label', data.words);
      formulas.replaceChildren(...data.formulas.map(writeFormula));
      draw();
      fit();
    },
    destroy() {
      ended.abort();
      leaveRoom();
    },
  };
}

export default mounting(createScale);
