// What another kernel would make of the picture, as the shelf leaves it on the page: shown in place of the result, at
// the result's size, until it is taken away or another result has come.
import { write } from '../shared/nodes.mjs';

export function createPreview({ find, root, ask }) {
  const source = document.createElement('canvas');
  let shown = null, result = { title: '', height: 1, width: 1 };

  const title = () => write(find('[data-panel=result] .title'), shown ? `Preview: ${shown.title}` : result.title);
  function draw() {
    const { height, width } = result, pen = source.getContext('2d');
    Object.assign(source, { height, width });
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(shown.bitmap, 0, 0, width, height);
  }
  function show(next) {
    shown = next;
    if (shown) draw();
    title();
    root.classList.toggle('previewing', Boolean(shown));
    ask('view');
  }
  return {
    // What stands in for the result's pixels; null where nothing does.
    source: () => (shown ? source : null),
    show,
    // A result has come: its title, and how large its pixels are kept. A new one ends what stood in for it.
    receive(next, isNew) {
      result = next;
      if (isNew) show(null);
      else title();
    },
  };
}
