// Whole numbers that Python has written short, as runs of [first, step, how many]: all of them again.
export const unrolled = (runs) => runs.flatMap(([first, step, count]) =>
  Array.from({ length: count }, (_, at) => (first === null ? null : first + at * step)));
