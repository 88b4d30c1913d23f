// Whether somebody has found out by now that the formula can be changed; a browser that forgets it is told again.
import { createKept } from '../shared/keeping.mjs';

const NAME = 'slide-and-sum formula used';

export function createHint(storage) {
  const used = createKept(NAME, storage);
  return { isWanted: () => used.get() !== '1', remember: () => used.set('1') };
}
