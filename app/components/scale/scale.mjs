// A layer of any size, drawn to scale. Python hands over every number.
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';
import { followTheme } from '../shared/theme.mjs';
import { makeFormula } from '../stage/formula.mjs';
import { addPatterns } from '../stage/patterns.mjs';
import { drawScale } from './bodies.mjs';
import { measure } from './measures.mjs';

const HIGH = { page: 0.32, audience: 0.58, least: 190 };

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
  let data = null;

  function draw() {
    const width = root.clientWidth;
    if (!data || !width) return;
    const share = data.present ? HIGH.audience : HIGH.page;
    const height = Math.max(HIGH.least, Math.min(innerHeight * share, width * 0.7));
    drawScale({ svg, data, width, places: measure({ ...data, width, height }) });
  }
  const say = ({ target }) => write(hovered, target.dataset?.words ?? '');
  for (const part of [svg, formulas]) {
    listen(part, 'pointerover', say);
    listen(part, 'click', say);
    listen(part, 'pointerleave', () => write(hovered, ''));
  }
  const observer = new ResizeObserver(draw);
  observer.observe(root);

  return {
    update(component) {
      data = component.data;
      followTheme(root);
      root.classList.toggle('present', data.present);
      svg.setAttribute('aria-label', data.words);
      formulas.replaceChildren(...data.formulas.map(writeFormula));
      draw();
    },
    destroy() {
      ended.abort();
      observer.disconnect();
    },
  };
}

export default mounting(createScale);
