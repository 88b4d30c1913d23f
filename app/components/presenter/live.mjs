// The slim bar before a class: settings worth changing live, there while somebody moves or stands in them. Each part that
// belongs to it is seen by two properties that every shadow inherits.
export const SHOWN_FOR = 4000;

// `isHeld` says whether the bar is in use, and so stays; `root` takes the properties.
export function createLive({ root, isHeld, wait = setTimeout, stop = clearTimeout }) {
  let timer = 0, on = false;
  function set(next) {
    if (next === on) return;
    on = next;
    root.style.setProperty('--live', on ? 'visible' : 'hidden');
    root.style.setProperty('--resting', on ? 'hidden' : 'visible');
  }
  function rest() {
    if (isHeld()) timer = wait(rest, SHOWN_FOR);
    else set(false);
  }
  return {
    isOn: () => on,
    wake() {
      stop(timer);
      set(true);
      timer = wait(rest, SHOWN_FOR);
    },
    hide() {
      stop(timer);
      set(false);
    },
  };
}
