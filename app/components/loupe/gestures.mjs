// Pointers on the pictures: hovering, tapping, dragging, pinching and turning the wheel. A click that moved is none.

const STILL = 4;

// `act` has hover(name, point), leave(), tap(name, point), pan(by) and zoom(name, point, factor); points are
// [down, right] on the screen from the frame's corner. `canPan()` says whether a drag is ours or the page's.
export function followPointers({ frames, listen, canPan, act }) {
  const down = new Map();
  let moved = false, start = null;
  const pointIn = (frame, { clientX, clientY }) => {
    const { left, top } = frame.getBoundingClientRect();
    return [clientY - top, clientX - left];
  };
  const spread = () => {
    const [one, other] = [...down.values()];
    return {
      apart: Math.max(1, Math.hypot(one[0] - other[0], one[1] - other[1])),
      clientY: (one[0] + other[0]) / 2,
      clientX: (one[1] + other[1]) / 2,
    };
  };

  function move(event, name, frame) {
    const last = down.get(event.pointerId), now = [event.clientY, event.clientX];
    if (event.pointerType !== 'touch') act.hover(name, pointIn(frame, event));
    if (!last) return;
    const before = down.size === 2 ? spread() : null;
    down.set(event.pointerId, now);
    if (Math.hypot(now[0] - start[0], now[1] - start[1]) > STILL || before) moved = true;
    if (before) {
      const after = spread();
      act.pan([after.clientY - before.clientY, after.clientX - before.clientX]);
      act.zoom(name, pointIn(frame, after), after.apart / before.apart);
    } else if (moved && canPan()) {
      frame.setPointerCapture(event.pointerId);
      frame.classList.add('panning');
      act.pan([now[0] - last[0], now[1] - last[1]]);
    }
  }
  function lift(event, frame) {
    down.delete(event.pointerId);
    frame.classList.remove('panning');
  }

  Object.entries(frames).forEach(([name, frame]) => {
    listen(frame, 'pointerdown', (event) => {
      if (event.button !== 0) return;
      if (!down.size) {
        moved = false;
        start = [event.clientY, event.clientX];
      }
      down.set(event.pointerId, [event.clientY, event.clientX]);
    });
    listen(frame, 'pointermove', (event) => move(event, name, frame));
    listen(frame, 'pointerup', (event) => lift(event, frame));
    listen(frame, 'pointercancel', (event) => lift(event, frame));
    listen(frame, 'pointerleave', (event) => {
      if (!frame.hasPointerCapture(event.pointerId)) down.delete(event.pointerId);
      act.leave();
    });
    listen(frame, 'click', (event) => {
      // Where it was pressed: a click's own point is rounded, and may lie on the neighbouring pixel.
      const pressed = event.detail && start ? { clientY: start[0], clientX: start[1] } : event;
      if (!moved) act.tap(name, pointIn(frame, pressed));
    });
    listen(frame, 'wheel', (event) => {
      // The wheel alone scrolls the page; a pinch on a touchpad arrives with ctrlKey.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const turn = Math.max(-50, Math.min(event.deltaY, 50));
      act.zoom(name, pointIn(frame, event), Math.exp(-turn / 100));
    }, { passive: false });
    // Two fingers are ours even where one finger scrolls the page.
    listen(frame, 'touchmove', (event) => {
      if (event.touches.length > 1) event.preventDefault();
    }, { passive: false });
  });
}
