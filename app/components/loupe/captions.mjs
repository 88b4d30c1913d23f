// The words that come with new data: titles, facts, formulas.
import { htmlNode, write } from '../shared/nodes.mjs';
import { NAMES } from './panels.mjs';

function formulaNode({ label, pieces, result }) {
  const whole = htmlNode({ name: 'p', className: 'formula' });
  htmlNode({ name: 'span', className: 'label', parent: whole, text: label });
  const line = htmlNode({ name: 'span', className: 'line', parent: whole });
  pieces.forEach(([text, role]) => { htmlNode({ name: 'span', parent: line, text }).dataset.role = role; });
  line.append(' = ');
  htmlNode({ name: 'span', className: 'result', parent: line, text: result });
  return whole;
}

export function showCaptions({ find, panels, header }) {
  NAMES.forEach((name) => {
    const { figure, canvas, facts } = panels[name], { title, about, facts: lines } = header[name];
    write(figure.querySelector('figcaption'), title);
    canvas.setAttribute('aria-label', about);
    if (facts.dataset.lines === lines.join('\n')) return;
    facts.dataset.lines = lines.join('\n');
    facts.replaceChildren(...lines.map((line) => htmlNode({ name: 'p', text: line })));
  });
  find('.formulas').replaceChildren(...header.formulas.map(formulaNode));
}
