// The presenter's second window (components/remote): it hears where the talk is, and asks for what its keys and buttons do.
import { joinHall } from '../shared/hall.mjs';

// `acts` does what is asked for, by its name. A window that presents no talk keeps silent.
export function createPrompting({ acts, join = joinHall }) {
  let place = null, told = '';
  const tell = () => hall.tell({ kind: 'place', place });
  const hall = join((said) => {
    if (!place) return;
    if (said.kind === 'hello') tell();
    if (said.kind === 'act') acts[said.act]?.(said.value);
  });
  function show(next) {
    const text = next ? JSON.stringify(next) : '';
    if (text === told) return;
    [place, told] = [next, text];
    tell();
  }
  return {
    // Where the talk is now; null where there is none.
    show,
    leave() {
      show(null);
      hall.leave();
    },
  };
}
