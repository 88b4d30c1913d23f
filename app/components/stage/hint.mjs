// Whether somebody has found out by now that the formula can be changed; a browser that forgets it is told again.
const NAME = 'slide-and-sum formula used';

export function createHint(storage = () => localStorage) {
  let used = false;
  const attempt = (act) => {
    try {
      return act(storage());
    } catch {
      return null; // storage that is switched off, or full
    }
  };
  used = attempt((store) => store.getItem(NAME)) === '1';
  return {
    isWanted: () => !used,
    remember() {
      if (used) return;
      used = true;
      attempt((store) => store.setItem(NAME, '1'));
    },
  };
}
