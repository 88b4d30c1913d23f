// What a page keeps in the browser under one name: a text that all tabs share, and one of this tab alone. Both are told
// to each session that asks; another tab's change is told too, and Python makes one of the two.
import { mounting } from '../shared/mount.mjs';
import { createReports } from '../shared/reports.mjs';
import { createTyping } from '../shared/typing.mjs';

// Bytes: a text beyond that is not ours, and the server would refuse the message that it came in.
const LARGEST = 600_000, BEGINNING = 100;

// What is too large comes as its beginning alone, which cannot be read.
const bounded = (text) => (new Blob([JSON.stringify(text)]).size > LARGEST ? text.slice(0, BEGINNING) : text);

// A private window may refuse; then nothing is kept but by the page itself (`held`), and Python is told so.
export function readText(storage, name, held = '') {
  try {
    return { text: bounded(storage().getItem(name) ?? ''), kept: true };
  } catch {
    return { text: held, kept: false };
  }
}

export function writeText(storage, name, text) {
  try {
    storage().setItem(name, text);
    return true;
  } catch {
    return false;
  }
}

function createStore() {
  const shared = () => window.localStorage, alone = () => window.sessionStorage;
  let component, name = null, revision = null, text = '', own = null;

  const typing = createTyping();
  // All of it each time: of two reports in a row Python may get the last alone.
  const reports = createReports({
    send: (mark, found = readText(shared, name, text)) => component.setStateValue('stored', {
      ...mark, name, ...found, own: readText(alone, name, own ?? '').text, typed: typing.texts(),
    }),
    onJoined: () => setTimeout(typing.reopen),
  });
  const onOtherTab = ({ key, newValue, storageArea }) => {
    if (key === name && storageArea === window.localStorage) reports.add({ text: bounded(newValue ?? ''), kept: true });
  };
  window.addEventListener('storage', onOtherTab);

  return {
    update(next) {
      component = next;
      const { data } = component;
      const first = data.name !== name;
      name = data.name;
      typing.watch(data.boxes);
      reports.asked(data.word, name);
      if (data.own !== null && (first || data.own !== own)) writeText(alone, name, data.own);
      // A session that does not know them yet sends none: those of the one before still hold.
      own = data.own ?? (first ? null : own);
      text = data.text ?? (first ? '' : text);
      // What other tabs have kept under this name is told before anything is written over it.
      const changed = !first && data.revision !== revision && data.text !== null;
      revision = data.revision;
      if (changed && !writeText(shared, name, text)) setTimeout(() => reports.add({ text, kept: false }));
    },
    destroy() {
      window.removeEventListener('storage', onOtherTab);
      typing.destroy();
      reports.destroy();
    },
  };
}

export default mounting(createStore);
