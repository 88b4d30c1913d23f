// One text in the browser's own storage, under one name: told to Python once, then written whenever Python has a new
// one. Another tab's change is told too, so that the tabs agree.
import { mounting } from '../shared/mount.mjs';

// A private window may refuse; then nothing is kept, and Python is told so.
export function readText(storage, name) {
  try {
    return { text: storage().getItem(name) ?? '', kept: true };
  } catch {
    return { text: '', kept: false };
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
  const storage = () => window.localStorage;
  let component, name = null, revision = null;

  const tell = (found) => component.setStateValue('stored', { name, ...found });
  const onOtherTab = ({ key, newValue }) => {
    if (key === name) tell({ text: newValue ?? '', kept: true });
  };
  window.addEventListener('storage', onOtherTab);

  return {
    update(next) {
      component = next;
      const { data } = component;
      if (data.name !== name) {
        name = data.name;
        revision = data.revision;
        // Not while mounting: Streamlit would lose it.
        setTimeout(() => tell(readText(storage, name)));
        return;
      }
      if (data.revision === revision || data.text === null) return;
      revision = data.revision;
      if (!writeText(storage, name, data.text)) setTimeout(() => tell({ text: data.text, kept: false }));
    },
    destroy: () => window.removeEventListener('storage', onOtherTab),
  };
}

export default mounting(createStore);
