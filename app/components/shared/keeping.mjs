// A word that this browser keeps; where storage is switched off, or full, it is forgotten at the next visit.
export function createKept(name, storage = () => localStorage) {
  const attempt = (act) => {
    try {
      return act(storage());
    } catch {
      return null;
    }
  };
  let kept = attempt((store) => store.getItem(name)) ?? '';
  return {
    get: () => kept,
    set(word) {
      if (word === kept) return;
      kept = word;
      attempt((store) => store.setItem(name, word));
    },
  };
}
