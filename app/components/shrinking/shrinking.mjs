// The sizes of a layer stacked on itself. Python hands over every size.
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';
import { followTheme } from '../shared/theme.mjs';
import { svgNode } from '../stage/drawing.mjs';
import { placeRow } from './row.mjs';

function drawRow(svg, { sizes, labels, words, present }, width) {
  const { squares, points, height } = placeRow({ sizes, width, present });
  svg.replaceChildren();
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('height', height);
  svg.setAttribute('aria-label', words);
  const line = points.map(([x, y]) => `${x},${y}`).join(' ');
  svgNode({ name: 'polyline', className: 'curve result', parent: svg, points: line });
  points.forEach(([x, y], at) => {
    svgNode({ name: 'circle', className: 'point result', parent: svg, cx: x, cy: y, r: 4 });
    const number = svgNode({ name: 'text', className: at ? 'number result' : 'number', parent: svg, x, y: y - 9 });
    write(number, labels[at].split(' ')[0]);
  });
  squares.forEach((square, at) => {
    const { x, y, width: wide, height: tall } = square;
    svgNode({ name: 'rect', className: at ? 'map result' : 'map first', parent: svg, x, y, width: wide, height: tall });
    const [left, top] = square.label;
    write(svgNode({ name: 'text', className: at ? 'number result' : 'number', parent: svg, x: left, y: top }), labels[at]);
  });
}

function createShrinking(host) {
  const root = host.querySelector('.shrinking'),
    [svg, ends] = root.children;
  let data = null;
  const draw = () => data && root.clientWidth && drawRow(svg, data, root.clientWidth);
  const observer = new ResizeObserver(draw);
  observer.observe(root);
  return {
    update(component) {
      data = component.data;
      followTheme(root);
      root.classList.toggle('present', data.present);
      write(ends, data.ends);
      draw();
    },
    destroy: () => observer.disconnect(),
  };
}

export default mounting(createShrinking);
