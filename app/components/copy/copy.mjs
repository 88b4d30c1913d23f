// Text to copy: shown in a plain <pre>, or the page's own address.
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';

export function wanted({ text, address }) {
  return text === null ? address : text;
}

async function toClipboard({ text, pre }) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https there is no clipboard: the text is marked, so that Ctrl+C takes it.
    pre.hidden = false;
    pre.textContent = text;
    getSelection().selectAllChildren(pre);
    return false;
  }
}

function createCopy(host) {
  const [pre, button, status] = host.querySelector('.copy').children;
  let data = null;
  const copy = async () => {
    const done = await toClipboard({ text: wanted({ text: data.text, address: location.href }), pre });
    status.textContent = done ? 'Copied.' : 'Marked: press Ctrl+C to copy.';
  };
  button.addEventListener('click', copy);
  return {
    update(component) {
      ({ data } = component);
      write(pre, data.text ?? '');
      pre.hidden = data.text === null;
      pre.classList.toggle('wrapped', data.wrapped);
      button.textContent = data.label;
      status.textContent = '';
    },
    destroy: () => button.removeEventListener('click', copy),
  };
}

export default mounting(createCopy);
