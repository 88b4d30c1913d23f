// A scene's number, typed digit by digit: 1 and 2 in quick succession are scene 12.

export const TOGETHER = 700;

// `jump(number)` is called once no further digit has come for a while, or at once where the number is two digits long.
export function createJumping({ jump, wait = setTimeout, stop = clearTimeout }) {
  let typed = '', timer = 0;
  function done() {
    const number = Number(typed);
    cancel();
    if (number) jump(number);
  }
  function cancel() {
    stop(timer);
    typed = '';
  }
  return {
    cancel,
    // Whether the key was a digit.
    take(key) {
      if (!/^[0-9]$/.test(key)) return false;
      stop(timer);
      typed += key;
      if (typed.length > 1) done();
      else timer = wait(done, TOGETHER);
      return true;
    },
  };
}
