// Original and result as one loupe sees them: the arithmetic at the pointer, a pinned place, zoom, a curtain. Python
// hands over pixels, words and a table of each axis. The parts share one object, `loupe`: what is shown, and how.
import { createCommits } from '../shared/commits.mjs';
import { pageMessages } from '../shared/messages.mjs';
import { mounting } from '../shared/mount.mjs';
import { readPayload } from '../shared/payload.mjs';
import { watchRoom } from '../shared/room.mjs';
import { followTheme } from '../shared/theme.mjs';
import { createArrival } from './arrival.mjs';
import { showCaptions } from './captions.mjs';
import { createCurtain } from './curtain.mjs';
import { createDrawing, placePictures } from './drawing.mjs';
import { followHands } from './handling.mjs';
import { makePanels } from './panels.mjs';
import { createPinning } from './pin.mjs';
import { createPreview } from './preview.mjs';
import { createStrip } from './strip.mjs';
import { FITTED } from './view.mjs';

// The part of the frame that the original fills, from left to right.
function extentOf({ views, layout }) {
  const { origin, scale } = views.original;
  const [left, right] = [layout.low[1], layout.high[1]].map((edge) => (edge - origin[1]) * scale[1]);
  return [Math.max(0, left), Math.min(right, layout.frame[1])];
}

function createLoupe(host) {
  const root = host.querySelector('.loupe'), find = (selector) => root.querySelector(selector);
  const ended = new AbortController();
  const listen = (target, name, act, options = {}) =>
    target.addEventListener(name, act, { ...options, signal: ended.signal });
  const loupe = {
    root, find, listen, pair: find('.pair'), panels: makePanels(root), commits: createCommits(),
    header: null, // what Python says of both pictures and of the layer
    computed: null, // { index, window, values }: what the layer computed at the pinned place
    layout: null, view: FITTED, views: null, // how large everything is drawn
    plane: 0, pin: [0, 0], pointer: null, // where somebody looks
    ask: (what) => drawing.ask(what),
  };
  const drawing = createDrawing(loupe), place = () => placePictures(loupe);
  loupe.pinning = createPinning(loupe);
  loupe.strip = createStrip({ root: find('.strip'), choosePlane: (plane) => { loupe.plane = plane; loupe.ask('view'); } });
  loupe.curtain = createCurtain({
    divider: find('.divider'), frame: loupe.panels.original.frame, covering: loupe.panels.result.frame,
    extent: () => extentOf(loupe), listen, changed: () => loupe.ask('view'),
  });
  loupe.preview = createPreview(loupe);
  followHands(loupe);
  const leaveRoom = watchRoom(root, place);

  const messages = pageMessages();
  const stopListening = messages.listen((name) => {
    if (loupe.header && name === `${loupe.header.key} preview`) loupe.preview.show(messages.read(name));
  });
  let component = null;
  const arrival = createArrival({
    loupe,
    messages,
    take(pinned, isNew) {
      const { present, layer: { kernel, planes } } = loupe.header;
      loupe.plane = Math.min(loupe.plane, planes - 1);
      loupe.pinning.receive(component, pinned);
      root.classList.toggle('present', present);
      showCaptions(loupe);
      const { height, width } = loupe.panels.result.source;
      loupe.preview.receive({ title: loupe.header.result.title, height, width }, isNew);
      loupe.strip.build({ kernel, planes, size: kernel.size });
      place();
      root.ariaBusy = 'false';
    },
  });
  return {
    update(next) {
      component = next;
      followTheme(root);
      arrival.receive(readPayload(next.data));
    },
    destroy() {
      ended.abort();
      stopListening();
      arrival.stop();
      leaveRoom();
      drawing.stop();
      loupe.pinning.stop();
      loupe.commits.destroy();
    },
  };
}

export default mounting(createLoupe);
