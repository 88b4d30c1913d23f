// The question before the answer, on any page: sizes, counts and results are hidden until they are asked for. Each part
// that shows one is seen by a property that every shadow inherits.
const REVEALING = ['PageDown', 'ArrowRight', 'Enter', ' ', 'q'];

export function createAsking({ root }) {
  let on = false, begun = '';
  function set(next) {
    on = next;
    root.style.setProperty('--results', on ? 'hidden' : 'visible');
  }
  return {
    isOn: () => on,
    toggle: () => set(!on),
    reveal: () => on && set(false),
    // A scene of a talk may begin with its question; that it is drawn again begins nothing. Null where there is no scene.
    begin(place) {
      const scene = place ? `${place.number} ${place.title}` : '';
      if (scene === begun) return;
      begun = scene;
      if (on || place?.asks) set(!!place?.asks);
    },
    // Whether the key was the one for which the answer comes.
    take(key) {
      if (!on || !REVEALING.includes(key)) return false;
      set(false);
      return true;
    },
  };
}
