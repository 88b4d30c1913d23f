// Going from cell to cell by the arrow keys: Enter on a grid begins, Escape ends.
const ARROWS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
const within = (at, count) => Math.min(Math.max(0, at), count - 1);

export function createWalking(stage) {
  const { find, listen, store, picture } = stage;
  const { state } = store;
  const readout = find('.readout');
  // The panel walked on and the cell stood on.
  let walk = null;

  function begin(panel) {
    const { row, column } = state.model.place(state.step),
      output = panel.kind === 'output' && !state.model.adds;
    walk = {
      panel,
      at: { kind: panel.kind, panel: panel.index, row: output ? row : 0, column: output ? column : 0 },
    };
  }
  function end() {
    if (walk) picture.cursor(walk.panel, null);
    walk = null;
  }
  function move([down, right]) {
    const { at, panel } = walk;
    at.row = within(at.row + down, panel.rows);
    at.column = within(at.column + right, panel.columns);
  }
  function enter() {
    const { at, panel } = walk;
    if (panel.kind === 'output' && state.model.adds) return;
    if (panel.kind === 'output') stage.player.goTo(state.model.stepAt(panel.index, at.row, at.column));
    else stage.editing.edit(at);
  }

  // Whether the key was meant for the panel.
  function key(panel, event) {
    if (walk?.panel !== panel) {
      if (event.key !== 'Enter') return false;
      begin(panel);
    } else if (event.key === 'Escape') {
      end();
      stage.pointing.clear();
      return true;
    } else if (ARROWS[event.key]) move(ARROWS[event.key]);
    else if (event.key === 'Enter') {
      enter();
      return true;
    } else if (/^[-−\d.]$/.test(event.key)) {
      stage.editing.edit(walk.at, event.key);
      return true;
    } else return false;
    stage.pointing.point(walk.at);
    picture.cursor(panel, walk.at, readout.textContent);
    return true;
  }

  // Listened to on the frame: browsers make a drawing that listens to the focus itself a Tab stop.
  listen(find('.frame'), 'focusout', (event) => {
    if (!stage.editing.isOpen() && find('.picture').contains(event.target)) end();
  });
  return {
    key,
    isOn: () => !!walk,
    // The cell that was typed into is the one stood on.
    follow(at) {
      if (walk) walk.at = at;
    },
    // The panels are about to be another layer's.
    forget() {
      walk = null;
    },
  };
}
