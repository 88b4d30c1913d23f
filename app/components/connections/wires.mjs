// Nodes and lines: the input's cells below, the output's above, and between them a line for each weight that is used.
import { svgNode } from '../stage/drawing.mjs';
import { range } from '../stage/windows.mjs';
import { wireColour } from './grids.mjs';
import { linesOf } from './graph.mjs';

const LARGEST = { page: { radius: 24, pitch: 110, high: 420 }, audience: { radius: 38, pitch: 190, high: 560 } };
const EDGE = 8,
  LABEL = { page: 76, audience: 110 };

// The places of so many nodes on a line of this width, and their radius. Pure.
export function spreadNodes({ count, most, width, present = false }) {
  const largest = LARGEST[present ? 'audience' : 'page'],
    left = width < 600 ? 0 : LABEL[present ? 'audience' : 'page'],
    pitch = Math.min(largest.pitch, (width - left - 2 * EDGE) / most);
  const first = left + EDGE + (most * pitch) / 2 - (count * pitch) / 2 + pitch / 2;
  return { radius: Math.min(largest.radius, pitch * 0.4), xs: range(count).map((at) => first + at * pitch) };
}

export function createWires(svg) {
  let nodes = [],
    wires = [],
    dense = null,
    words = [],
    graph = null,
    data = null;

  const cells = (shape) => range(shape[0] * shape[1]);
  function makeNode(kind, number) {
    const at = kind === 'output' ? graph.placeOf(number) : graph.inputPlace(number);
    const group = svgNode({ name: 'g', className: `node ${kind}`, parent: svg, role: 'img', tabindex: -1 });
    const circle = svgNode({ name: 'circle', parent: group });
    const label = svgNode({ name: 'text', parent: group, 'aria-hidden': true });
    const sign = svgNode({ name: 'tspan', parent: label });
    sign.textContent = kind === 'output' ? 's' : 'x';
    const index = svgNode({ name: 'tspan', className: 'index', parent: label, dy: 4 });
    index.textContent = number + 1;
    group.on = { kind, at };
    return { kind, number, group, circle, label };
  }
  function build(next, nextGraph) {
    [data, graph] = [next, nextGraph];
    svg.replaceChildren();
    dense = svgNode({ name: 'path', className: 'dense', parent: svg });
    wires = linesOf(graph).map((line) => {
      const path = svgNode({ name: 'path', className: 'wire', parent: svg });
      path.style.stroke = wireColour(line.tap, graph.taps[0] * graph.taps[1]);
      return { ...line, path };
    });
    nodes = [...cells(graph.output).map((number) => makeNode('output', number)), ...cells(graph.input).map((number) => makeNode('input', number))];
    words = ['Output', 'Input'].map((text) => {
      const node = svgNode({ name: 'text', className: `title ${text.toLowerCase()}`, parent: svg, 'aria-hidden': true });
      node.textContent = text;
      return node;
    });
  }
  function place({ width, height }) {
    const counts = { output: cells(graph.output).length, input: cells(graph.input).length };
    const most = Math.max(...Object.values(counts)),
      narrow = width < 600;
    const { present } = data,
      high = Math.min(height, narrow ? 300 : LARGEST[present ? 'audience' : 'page'].high);
    const spread = Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, spreadNodes({ count, most, width, present })]));
    const { radius } = spread.output,
      top = (narrow ? 24 : 6) + radius;
    const ys = { output: top, input: high - radius - (narrow ? 24 : 6) };
    const at = (kind, number) => [spread[kind].xs[number], ys[kind]];
    for (const { kind, number, circle, label } of nodes) {
      const [x, y] = at(kind, number);
      circle.setAttribute('cx', x);
      circle.setAttribute('cy', y);
      circle.setAttribute('r', radius);
      label.setAttribute('x', x);
      label.setAttribute('y', y);
      label.style.fontSize = `${Math.max(10, Math.min(present ? 32 : 17, radius * 0.95))}px`;
    }
    const line = (output, input) => {
      const [[x1, y1], [x2, y2]] = [at('output', output), at('input', input)];
      return `M${x1} ${y1 + radius}L${x2} ${y2 - radius}`;
    };
    wires.forEach(({ output, input, path }) => path.setAttribute('d', line(output, input)));
    dense.setAttribute('d', cells(graph.output).flatMap((output) => cells(graph.input).map((input) => line(output, input))).join(''));
    words.forEach((node, row) => {
      const kind = row ? 'input' : 'output';
      node.setAttribute('x', narrow ? EDGE : 0);
      node.setAttribute('y', narrow ? (row ? high - 6 : 14) : ys[kind] + 5);
    });
    return high;
  }
  return {
    build,
    receive: (next) => (data = next),
    place,
    nodes: () => nodes.map(({ group }) => group),
    say: (sayOf) => nodes.forEach(({ group }) => group.setAttribute('aria-label', sayOf(group.on))),
    // The lines of one node, and what they lead to.
    light(on) {
      const number = on && (on.kind === 'output' ? graph.numberOf(on.at) : graph.source(on.at));
      const own = wires.filter((line) => on && line[on.kind] === number);
      svg.classList.toggle('chosen', !!on);
      wires.forEach((line) => line.path.classList.toggle('on', own.includes(line)));
      nodes.forEach(({ kind, number: each, group }) =>
        group.classList.toggle('on', !!on && (kind === on.kind ? each === number : own.some((line) => line[kind] === each))));
    },
    cellOf: (target) => target.closest?.('.node')?.on ?? null,
  };
}
