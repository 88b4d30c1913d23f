// The weight tensor with its count, and bars of what layers cost. Python hands over every number and sentence. The
// parts share one object, `tensor`.
import { mounting } from '../shared/mount.mjs';
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
  function place() {
    if (!tensor.data || !root.clientWidth) return;
    const { present, sheets: shown } = tensor.data, height = Math.max(180, innerHeight * (present ? 0.55 : 0.42));
    sizeSheets({ root: sheets, sheets: shown, width: root.clientWidth, height, present });
  }
  const observer = new ResizeObserver(place);
  observer.observe(root);

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
      observer.disconnect();
    },
  };
}

export default mounting(createTensor);
