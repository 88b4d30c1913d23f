// The time that is left, in words and without haste: minutes, and seconds only in the last one.
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';

export function leftWords(seconds) {
  if (seconds <= 0) {
    const over = Math.floor(-seconds / 60);
    return over < 1 ? 'The time is over.' : `The time is over by ${over} min.`;
  }
  if (seconds < 60) return `${Math.ceil(seconds)} s left`;
  return `${Math.ceil(seconds / 60)} min left`;
}

function createCountdown(host) {
  const words = host.querySelector('.countdown');
  let end = 0;

  // The server says how much is left; the browser's own clock may be wrong, but it runs at the same speed.
  const show = () => write(words, leftWords((end - performance.now()) / 1000));
  const timer = setInterval(show, 500);

  return {
    update({ data: { left } }) {
      end = performance.now() + 1000 * left;
      show();
    },
    destroy: () => clearInterval(timer),
  };
}

export default mounting(createCountdown);
