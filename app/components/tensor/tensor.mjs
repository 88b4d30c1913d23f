// The weight tensor with its count, and bars of what layers cost. Python hands over every number and sentence. The
// parts share one object, `tensor`.
import { mounting } from '../shared/mount.mjs';
import { roomBelow, watchRoom } from '../shared/room.mjs';
import { createRoving } from '../shared/roving.mjs';
import { followTheme } from '../shared/theme.mjs';
import { showBars } from './bars.mjs';
import { showCounts } from './counts.mjs';
import { createLights } from './lights.mjs';
import { set } from './nodes.mjs';
import { showSheets } from './sheet.mjs';
import { sizeSheets } from './sizes.mjs';
import { followKeys } from './walking.mjs';

function createTensor(host) {
  const root = host.querySelector('.tensor'), [counts, sheets, readout, bars] = root.children;
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const tensor = { root, counts, sheets, readout, bars, listen, data: null };
  tensor.lights = createLights(tensor);
  const asked = () => [...counts.querySelectorAll('.term[tabindex]')];
  const refreshStops = createRoving({ root: counts, items: asked, listen });
  followKeys(tensor);
  listen(root, 'pointerover', tensor.lights.light);
  listen(root, 'pointerleave', tensor.lights.calm);
  listen(root, 'focusin', tensor.lights.light);
  listen(root, 'focusout', tensor.lights.rest);
  // Before an audience all of it is on one screen: the rows have what nothing else of the component takes.
  function roomForRows() {
    const rows = sheets.querySelector('tbody');
    if (!tensor.data.present || !rows) return Math.max(180, innerHeight * 0.42);
    return roomBelow(root) - (root.offsetHeight - rows.offsetHeight);
  }
  function place() {
    if (!tensor.data || !root.clientWidth) return;
    const { present, sheets: shown } = tensor.data;
    sizeSheets({ root: sheets, sheets: shown, width: root.clientWidth, height: roomForRows(), present });
  }
  const leaveRoom = watchRoom(root, place);

  return {
    update({ data }) {
      tensor.data = data;
      followTheme(root);
      root.classList.toggle('present', data.present);
      root.classList.toggle('beside', data.sheets.length > 1);
      showCounts({ root: counts, counts: data.counts });
      refreshStops();
      showSheets({ root: sheets, sheets: data.sheets });
      showBars({ root: bars, bars: data.bars });
      readout.hidden = !data.invitation;
      set(root, 'aria-label', data.title);
      place();
      tensor.lights.calm();
    },
    destroy() {
      ended.abort();
      leaveRoom();
    },
  };
}

export default mounting(createTensor);
