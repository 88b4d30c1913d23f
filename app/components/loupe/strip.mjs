// The strip below the pictures: window × kernel = products, and what the products add up to.
import { htmlNode, write } from '../shared/nodes.mjs';
import { createGrids } from './grids.mjs';
import { COLOURS, createSums } from './sums.mjs';

// So many letters in a row of all three grids leave room beside them.
const SHORT = 33;

function makePicks(parent, choosePlane) {
  return COLOURS.map((letter, plane) => {
    const pick = htmlNode({ name: 'button', parent, text: letter });
    pick.type = 'button';
    pick.title = ['Red', 'Green', 'Blue'][plane];
    pick.addEventListener('click', () => choosePlane(plane));
    return pick;
  });
}

export function createStrip({ root, choosePlane }) {
  const find = (selector) => root.querySelector(selector);
  const grids = createGrids(root), sums = createSums(find('.sum')), picks = makePicks(find('.planes'), choosePlane);
  let kernel = null, planes = 1, shape = '';
  return {
    build(next) {
      ({ kernel, planes } = next);
      find('.planes').hidden = planes < 2;
      const made = JSON.stringify([next.size, kernel.sums_over, kernel.divisor, kernel.offset, planes]);
      const { letters } = grids.build({ ...next, anew: made !== shape });
      // Whether there is room beside it for the formulas.
      root.classList.toggle('short', letters <= SHORT && !(kernel.sums_over && planes > 1));
      if (made !== shape) sums.build(next);
      shape = made;
    },
    // `sum` is missing where the real values are not at hand; `shown` where the result is drawn smaller.
    show({ where, gives, note, means, window: { values, padded }, sum, shown, plane, differs }) {
      const one = Math.min(plane, planes - 1);
      write(find('.at'), where);
      write(find('.gives'), gives);
      write(find('.note'), note);
      write(find('.means'), means);
      root.classList.toggle('without', !sum);
      picks.forEach((pick, index) => pick.setAttribute('aria-pressed', index === one));
      grids.draw('input', values[one], padded);
      grids.draw('kernel', kernel.taps[one % kernel.taps.length], null);
      grids.draw('products', sum?.products[one], sum && padded);
      sums.show({ sum, at: kernel.sums_over ? 0 : one, shown });
      const problem = find('.difference');
      write(problem, differs);
      problem.hidden = !differs;
    },
  };
}
