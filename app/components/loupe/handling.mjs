// Pointers, buttons and keys: where the pin goes, how large the pictures are seen.
import { isPlain } from '../shared/keys.mjs';
import { toResult } from './axis.mjs';
import { followPointers } from './gestures.mjs';
import { NAMES } from './panels.mjs';
import { factorOf, indexOf, pointedAt, windowBox } from './readings.mjs';
import { FITTED, panned, revealed, zoomStep, zoomed } from './view.mjs';

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const SIZES = { '+': 'in', '=': 'in', '-': 'out', _: 'out', 0: 'fit' };
const TURNS = { PageDown: 1, PageUp: -1 };

export function keyStep({ key, shiftKey }) {
  return ARROWS[key]?.map((step) => step * (shiftKey ? 8 : 1)) ?? null;
}

function createSizes(loupe) {
  const change = (view) => {
    loupe.view = view;
    loupe.ask('view');
  };
  // A spot on the screen as one of the original's, which the other picture follows.
  function spotOf(name, point) {
    const { views, layout, header } = loupe, own = views[name], { origin, scale } = views.original;
    if (name === 'original' || layout.curtain) return point;
    return point.map((length, along) => {
      const at = own.origin[along] + length / own.scale[along], middle = layout.frame[along] / 2;
      const off = at - toResult(origin[along] + middle / scale[along], header.layer.axes[along]);
      return middle + off * scale[along];
    });
  }
  const zoomBy = (factor, spot) =>
    change(zoomed(loupe.view, loupe.layout, { factor, spot, finest: factorOf(loupe, 'original') }));
  const pinBox = () => windowBox(loupe, indexOf(loupe, loupe.pin));
  function revealPin() {
    if (loupe.view.zoom > 1) change(revealed(loupe.view, loupe.layout, pinBox()));
  }
  // Buttons and keys zoom about the pin where it is seen, else about the middle.
  function zoomTo(direction) {
    const { origin, scale: [scale] } = loupe.views.original, { frame } = loupe.layout, { corner, size } = pinBox();
    const spot = corner.map((first, along) => (first + size[along] / 2 - origin[along]) * scale);
    const seen = spot.every((length, along) => length >= 0 && length <= frame[along]);
    zoomBy(zoomStep(scale, direction), seen ? spot : frame.map((length) => length / 2));
    if (seen) revealPin();
  }
  return {
    fit: () => change(FITTED),
    in: () => zoomTo(1),
    out: () => zoomTo(-1),
    revealPin,
    pan: (by) => change(panned(loupe.view, loupe.layout, by)),
    zoomAt: (name, point, factor) => zoomBy(factor, spotOf(name, point)),
  };
}

function followPictures(loupe, sizes) {
  const { panels, pair, listen } = loupe;
  const point = (pointer) => {
    loupe.pointer = pointer;
    loupe.ask('place');
  };
  followPointers({
    frames: Object.fromEntries(NAMES.map((name) => [name, panels[name].frame])),
    listen,
    canPan: () => loupe.view.zoom > 1,
    act: {
      hover: (name, at) => point({ name, point: at }),
      leave: () => point(null),
      tap(name, at) {
        if (!loupe.views) return;
        const found = pointedAt(loupe, { name, point: at });
        loupe.pointer = null;
        pair.focus({ preventScroll: true });
        if (found) loupe.pinning.moveTo(found.index);
      },
      pan: (by) => { if (loupe.views) sizes.pan(by); },
      zoom: (name, at, factor) => { if (loupe.views) sizes.zoomAt(name, at, factor); },
    },
  });
}

export function followHands(loupe) {
  const { root, pair, commits, listen } = loupe, sizes = createSizes(loupe);
  followPictures(loupe, sizes);
  root.querySelectorAll('[data-act]').forEach((button) => {
    listen(button, 'click', () => loupe.views && sizes[button.dataset.act]());
  });
  listen(pair, 'keydown', (event) => {
    const step = keyStep(event), size = SIZES[event.key];
    if (!loupe.views || !isPlain(event) || !(step || size)) return;
    event.preventDefault();
    event.stopPropagation();
    if (size) return sizes[size]();
    loupe.pointer = null;
    loupe.pinning.moveTo(indexOf(loupe, loupe.pin).map((at, along) => at + step[along]));
    sizes.revealPin();
  });
  listen(pair, 'blur', () => loupe.header && loupe.pinning.commit());
  // The presenter's clicker turns to the next kernel.
  listen(document, 'keydown', (event) => {
    const turn = TURNS[event.key];
    if (!turn || !loupe.header?.turns || !isPlain(event)) return;
    commits.add('turn', turn);
    event.preventDefault();
  });
}
