// Text to copy: shown in a plain <pre>, or the page's own address.

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

export default function mount({ data, parentElement }) {
  const pre = parentElement.querySelector('pre');
  const button = parentElement.querySelector('button');
  const status = parentElement.querySelector('[role=status]');
  if (pre.textContent !== (data.text ?? '')) pre.textContent = data.text ?? '';
  pre.hidden = data.text === null;
  button.textContent = data.label;
  status.textContent = '';
  button.onclick = async () => {
    const text = wanted({ text: data.text, address: location.href });
    const done = await toClipboard({ text, pre });
    status.textContent = done ? 'Copied.' : 'Marked: press Ctrl+C to copy.';
  };
  return () => { button.onclick = null; };
}
