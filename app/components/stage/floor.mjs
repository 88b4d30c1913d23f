// Where the stride does not divide evenly: the window tries one step more, hangs over the edge and falls back, while
// the formula's fraction loses what comes after the point. Rounded up, it hangs there and `stays`, and what comes after
// the point makes the number one larger. A pure story again: elapsed time -> pose.
import { clamp, settle, smooth } from './easing.mjs';

const REACH = 520,
  HANG = 620,
  FALL = 520,
  STAND = 700;
export const FLOOR_ENDS = REACH + HANG + FALL + STAND;
// Degrees by which it tips over.
const TILT = 7;

// `reach` is how far it has got from its last place to the one that is not there; `point` whether the fraction is
// written as a decimal, `lost` how far its digits after the point have gone.
export function floorAt(elapsed, stays = false) {
  const now = Math.max(0, elapsed),
    hanging = clamp((now - REACH) / HANG),
    falling = clamp((now - REACH - HANG) / FALL);
  return {
    reach: smooth(clamp(now / REACH)) * (stays ? 1 : 1 - settle(falling)),
    tilt: TILT * smooth(clamp(hanging * 1.6)) * (1 + 0.25 * Math.sin(hanging * 5 * Math.PI) * (1 - hanging)) * (1 - settle(falling)),
    point: now >= REACH * 0.5,
    lost: falling,
    over: now >= FLOOR_ENDS,
  };
}

// The same stations without movement: there, then back again or there for good.
export function floorInSteps(pose, stays = false) {
  const back = pose.lost > 0;
  return { ...pose, reach: back && !stays ? 0 : 1, tilt: 0, lost: back ? 1 : 0 };
}

// A decimal in its two parts: what is kept, and what drops away or is rounded up.
export function decimalParts(text) {
  const [kept, digits] = text.replace('≈', '').split('.');
  return { kept, lost: digits ? `.${digits}${text.startsWith('≈') ? '…' : ''}` : '' };
}
