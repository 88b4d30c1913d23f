// What the parts of the stage share. A part that changes what is on show patches it; then all who draw are called.
export function createStore(state) {
  const watchers = [];
  return {
    state,
    patch(changes) {
      Object.assign(state, changes);
      watchers.forEach((watch) => watch(state));
    },
    watch: (act) => watchers.push(act),
  };
}
