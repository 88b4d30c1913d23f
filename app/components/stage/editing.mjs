// Typing a number into a cell of the input, the kernel or the bias.
import { placeName } from '../shared/places.mjs';
import { createEditor } from './edit.mjs';

// What can be typed over: its number, and where it stands for the page. Null for all other cells.
export function editableCell({ kind, panel, row, column }, model, map) {
  if (!model.editable || kind === 'output') return null;
  if (kind === 'bias') return { index: [model.kernelOf(map)], value: model.biasOf(map) };
  if (kind === 'kernel') return { index: [model.kernelOf(map), panel, row, column], value: model.w(map, panel, row, column) };
  return model.zone(row, column, panel) === 'input'
    ? { index: [panel, ...model.source(row, column, panel)], value: model.x(panel, row, column) }
    : null;
}

export function createEditing(stage) {
  const { find, listen, store, picture, commits } = stage;
  const { state } = store;
  const editor = createEditor({ box: find('.edit'), wrong: find('.wrong'), listen });
  const editable = (at) => editableCell(at, state.model, state.model.place(state.step).map);

  // The cell to go on with: below, beside, or the first of the next row.
  function cellAfter(at, direction) {
    const panel = picture.panelOf(at);
    const first = at.kind === 'input' ? state.model.before[1] : 0;
    const next = {
      down: [at.row + 1, at.column],
      left: [at.row, at.column - 1],
      right: [at.row, at.column + 1],
      newLine: [at.row + 1, first],
    };
    const cellAt = ([row, column] = [-1, 0]) =>
      row >= 0 && row < panel.rows && column >= 0 && column < panel.columns && { ...at, row, column };
    return [direction, ...(direction === 'right' ? ['newLine'] : [])]
      .map((name) => cellAt(next[name]))
      .find((cell) => cell && at.kind !== 'bias' && editable(cell));
  }

  function edit(at, typed) {
    const cell = editable(at);
    if (!cell) return;
    stage.player.pause();
    stage.pointing.clear();
    const place = at.kind === 'bias' ? '' : placeName(cell.index.at(-2), cell.index.at(-1));
    editor.open({
      place: picture.boxOf(at),
      value: cell.value,
      label: `${at.kind} ${place}`,
      limit: state.model.limit,
      typed,
      save(value) {
        commits.add('edit', { target: at.kind, index: cell.index, value }, { at, value });
        picture.writeCell(at, value);
      },
      leave(direction) {
        stage.walking.follow(at);
        const next = cellAfter(at, direction);
        if (next) edit(next);
        else if (direction) picture.panelOf(at).group.focus({ preventScroll: true });
      },
    });
  }
  return { edit, isOpen: editor.isOpen, cancel: editor.cancel };
}
