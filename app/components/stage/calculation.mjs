// The sum region below the picture: a window's sum, or the products of one copy of the kernel where copies are added up.
import { createCopyLines } from './copy_lines.mjs';
import { createSumLines } from './sum_lines.mjs';

export function createCalculation({ svg, picture }) {
  const sums = createSumLines({ svg, picture }),
    copies = createCopyLines({ svg });
  let shown = sums;
  return {
    build(model) {
      shown.clear();
      shown = model.adds ? copies : sums;
      shown.build(model);
    },
    place: (region) => shown.place(region),
    show: (moment) => shown.show(moment),
    light: (wanted) => shown.light(wanted),
  };
}
