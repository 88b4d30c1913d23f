// The kernels as buttons: made once, then only told what changed.
import { htmlNode, write } from '../shared/nodes.mjs';

const WIDE = 192; // pixels of a small picture, for screens of two to a point

function createItem(parent) {
  const button = htmlNode({ name: 'button', className: 'kernel', parent });
  button.type = 'button';
  const canvas = htmlNode({ name: 'canvas', parent: button });
  const title = htmlNode({ name: 'span', className: 'title', parent: button });
  return {
    button,
    say({ id, title: words, about }, marked) {
      button.dataset.kernel = id;
      button.setAttribute('aria-pressed', String(marked));
      button.title = about;
      write(title, words);
    },
    draw(bitmap) {
      if (!bitmap) return;
      const width = Math.min(WIDE, bitmap.width), height = Math.max(1, Math.round((bitmap.height * width) / bitmap.width));
      Object.assign(canvas, { height, width });
      const pen = canvas.getContext('2d');
      pen.imageSmoothingQuality = 'high';
      pen.drawImage(bitmap, 0, 0, width, height);
    },
  };
}

export function createItems(root) {
  const items = [];
  return {
    buttons: () => items.map(({ button }) => button),
    say(kernels, marked) {
      while (items.length < kernels.length) items.push(createItem(root));
      items.splice(kernels.length).forEach(({ button }) => button.remove());
      kernels.forEach((kernel, at) => items[at].say(kernel, kernel.id === marked));
    },
    // Where there is no room for all, the marked one is scrolled to the middle.
    reveal(marked) {
      const button = items.find((item) => item.button.dataset.kernel === marked)?.button;
      if (button) root.scrollLeft = button.offsetLeft - root.offsetLeft - (root.clientWidth - button.offsetWidth) / 2;
    },
    draw: (glimpseOf) => items.forEach((item, at) => item.draw(glimpseOf(at))),
  };
}
