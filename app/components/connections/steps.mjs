// What a step is in a picture: an output cell in reading order or, where copies are laid down, an input cell. Pure.
const STEPPED = ['matrix', 'turned', 'ways'];

export function readSteps({ data: { picture, order, transpose }, graph }) {
  const copies = picture === 'ways' && order === 'copies',
    kind = copies ? 'input' : 'output';
  const [rows, columns] = graph[kind];
  return {
    kind,
    count: rows * columns,
    // Whether one of them is always on show.
    always: STEPPED.includes(picture),
    placeOf: (step) => [Math.floor(step / columns), step % columns],
    // The step that a cell stands for; null where it stands for none.
    stepAt(on) {
      if (on.kind === 'matrix') return on.at[transpose ? 1 : 0];
      if (on.kind === 'inserted') return copies ? graph.source(on.at) : null;
      return on.kind === kind || on.kind === 'convolved' ? on.at[0] * columns + on.at[1] : null;
    },
  };
}
