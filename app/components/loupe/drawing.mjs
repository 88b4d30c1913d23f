// Draws both pictures and what is read at a place, at most once a frame.
import { isDarkColour, paint } from './paint.mjs';
import { NAMES } from './panels.mjs';
import {
  checkedAt, drawnWindow, factorOf, indexOf, liveWindow, pointedAt, shownAt, sumOf, windowBox,
} from './readings.mjs';
import { layoutOf, screenBox, viewsOf, zoomWords } from './view.mjs';
import { write } from '../shared/nodes.mjs';
import { placeName } from '../shared/places.mjs';
import { roomOnScreen } from '../shared/room.mjs';
import { meansWords, noteWords, windowWords } from './words.mjs';

const GAP = 24, STACKED = 600, BESIDE = 760, LEAST_BOX = 14, BELOW = 12;
// On a phone, what is to be seen with a picture; and the least that a picture is worth looking at.
const ON_A_PHONE = 410, LEAST = 180;

// The room that the pictures have, [height, width]: heading, words, strip and facts stay on the same screen.
function roomFor({ root, pair, panels, header }, width) {
  const onTop = header.compare === 'curtain', beside = onTop && width >= BESIDE;
  // Under a curtain the arithmetic stands beside the pictures, else below them.
  const across = beside ? width * 0.58 : onTop || width < STACKED ? width : (width - GAP) / 2;
  if (width < STACKED && !header.present) return [Math.max(LEAST, innerHeight - ON_A_PHONE), across];
  const strip = beside ? 0 : root.querySelector('.strip').offsetHeight;
  const words = pair.offsetHeight - panels.original.frame.offsetHeight + strip;
  return [Math.max(LEAST, roomOnScreen(root) - words - BELOW), across];
}

export function placePictures(loupe) {
  const { root, pair, header } = loupe, width = root.clientWidth;
  if (!header || !width) return;
  const curtain = header.compare === 'curtain', sizes = NAMES.map((name) => header[name].size);
  loupe.layout = layoutOf({ sizes, axes: header.layer.axes, room: roomFor(loupe, width), curtain });
  root.classList.toggle('curtain', curtain);
  // Words under a narrow picture need their own width, the more so in large type.
  const least = header.present ? 0.45 * width : 320;
  pair.style.width = curtain ? `${Math.max(loupe.layout.frame[1], Math.min(least, width))}px` : '';
  loupe.ask('view');
}

// What is written in a pixel: of the original its value, of the result what the layer gives. Null where a pixel that
// is drawn stands for several.
function valuesOf(loupe, name) {
  const { source, pixels } = loupe.panels[name], { plane } = loupe;
  if (NAMES.some((each) => factorOf(loupe, each) > 1)) return null;
  return (row, column) => {
    const at = 4 * (row * source.width + column), dark = isDarkColour(...pixels.subarray(at, at + 3));
    if (name === 'original') return { value: pixels[at + plane], dark };
    const { results } = sumOf(loupe, liveWindow(loupe, [row, column]));
    return { value: results[results.length > 1 ? plane : 0], dark };
  };
}

function drawPictures(loupe) {
  const { find, pair, panels, header, view, layout, preview } = loupe;
  const views = loupe.views = viewsOf(view, layout);
  NAMES.forEach((name) => {
    const { canvas } = panels[name], standIn = name === 'result' ? preview.source() : null;
    const source = standIn ?? panels[name].source;
    paint({
      canvas, source, size: header[name].size, factor: factorOf(loupe, name), view: views[name], frame: layout.frame,
      valueAt: standIn ? null : valuesOf(loupe, name),
      padded: name === 'original' && view.zoom > 1 ? layout.ends : null,
    });
  });
  pair.classList.toggle('zoomed', view.zoom > 1);
  write(find('.zoom'), zoomWords(layout.fit * view.zoom));
  if (layout.curtain) loupe.curtain.draw();
  else loupe.curtain.open();
}

function placeBox(box, { corner, size }, view) {
  const { top, left, height, width } = screenBox({ corner, size, view, least: LEAST_BOX });
  box.style.transform = `translate(${left}px, ${top}px)`;
  box.style.height = `${height}px`;
  box.style.width = `${width}px`;
}

// The window on the original and its pixel of the result; under a curtain both on both. `drawn`, in place of the
// window: the drawn pixels whose values are shown.
function drawBoxes({ panels, layout, views }, kind, { window, index, drawn = null }) {
  NAMES.forEach((name) => {
    const { [`${kind} window`]: outline, [`${kind} cell`]: cell } = panels[name].boxes;
    outline.hidden = name === 'result' && !layout.curtain;
    cell.hidden = name === 'original' && !layout.curtain;
    outline.classList.toggle('drawn', Boolean(drawn));
    if (!outline.hidden) placeBox(outline, drawn ?? window, views.original);
    if (!cell.hidden) placeBox(cell, { corner: index, size: [1, 1] }, views.result);
  });
}

function drawPlace(loupe) {
  const { root, header, strip, plane, pointer } = loupe, factor = factorOf(loupe, 'original');
  const live = pointer && pointedAt(loupe, pointer), pinnedAt = indexOf(loupe, loupe.pin);
  const index = live?.index ?? pinnedAt, place = live?.place ?? loupe.pin;
  const checked = live ? null : checkedAt(loupe, index);
  const drawn = factor > 1 && !checked ? drawnWindow(loupe, place) : null;
  const read = checked?.window ?? drawn?.window ?? liveWindow(loupe, index), window = windowBox(loupe, index);
  drawBoxes(loupe, 'pin', { window: windowBox(loupe, pinnedAt), index: pinnedAt });
  drawBoxes(loupe, 'here', { window, index, drawn });
  root.classList.toggle('pointing', Boolean(live));
  strip.show({
    where: windowWords({ pinned: !live, starts: window.corner, axes: header.layer.axes, near: drawn && place }),
    gives: `→ result ${placeName(...index)}`,
    note: noteWords({ pinned: !live, touch: matchMedia('(hover: none)').matches }),
    means: drawn ? meansWords({ factor, waiting: !live }) : '',
    window: read,
    sum: checked?.sum ?? (drawn ? null : sumOf(loupe, read)),
    shown: shownAt(loupe, index),
    plane,
    differs: checked?.differs ?? '',
  });
}

// `ask('view')` draws all, `ask('place')` what is read, with the next frame.
export function createDrawing(loupe) {
  let all = false, frame = 0;
  return {
    ask(what) {
      all ||= what === 'view';
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        if (!loupe.layout) return;
        if (all) drawPictures(loupe);
        all = false;
        drawPlace(loupe);
      });
    },
    stop: () => cancelAnimationFrame(frame),
  };
}
