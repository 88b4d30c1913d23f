// Which kernel somebody looks at: the one under the pointer, else the one with the keyboard's focus.

// A pure step from one state, { pointed, focused }, to the next.
export function attended(state, { kind, id = null }) {
  if (kind === 'point') return { ...state, pointed: id };
  if (kind === 'focus') return { ...state, focused: id };
  return { pointed: null, focused: null };
}

// The kernel whose result is shown large. The chosen one's is there anyway; but one that was shown and then chosen
// stays until its own result has come.
export function previewed({ pointed, focused }, chosen, shown = null) {
  const id = pointed ?? focused;
  return id === chosen && id !== shown ? null : id;
}
