// The first frame: there before Streamlit, and gone when the page beneath it stands still.
import { createSettled } from './settled.mjs';
import { chosenTheme } from './theme.mjs';

const DONE = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]';
const PARTS = '[data-testid="stMain"] :is([data-testid="stElementContainer"], [data-testid="stLayoutWrapper"])';
const COMPONENTS = '[data-testid="stMain"] [data-testid="stBidiComponentIsolated"]';
// Said outside of the page: that the server cannot be reached, for example.
const DIALOG = '[data-testid="stDialog"]';
// The presenter view has no bar, and neither has a page in another one's frame.
const BARE = /[?&](present=1|embed=true)\b/;

// A private window may refuse.
function keptTexts() {
  try {
    return Object.entries(localStorage);
  } catch {
    return [];
  }
}

// Its module has run (components/shared/mount.mjs), and it waits for nothing more.
function isDrawn(host) {
  return 'drawn' in host.dataset && !host.shadowRoot?.querySelector('[aria-busy="true"]');
}

function standing() {
  const parts = [...document.querySelectorAll(PARTS)].map((part) => part.getBoundingClientRect());
  const place = parts.map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join()).join(';');
  const drawn = [...document.querySelectorAll(COMPONENTS)].every(isDrawn);
  const missing = document.querySelector('[data-testid="stMain"] [data-testid="stSkeleton"]');
  return { place, ready: Boolean(document.querySelector(DONE)) && drawn && !missing };
}

export default function showFirstFrame() {
  const page = document.documentElement, settled = createSettled();
  const theme = chosenTheme(keptTexts(), location.pathname);
  if (theme) page.dataset.theme = theme;
  page.classList.add('first-frame');
  const frame = document.getElementById('first-frame');
  if (BARE.test(location.search)) frame.replaceChildren();

  function look() {
    const show = settled.step({ now: performance.now(), ...standing() }) || document.querySelector(DIALOG);
    if (!show) return requestAnimationFrame(look);
    page.classList.remove('first-frame');
    frame.remove();
    return undefined;
  }
  requestAnimationFrame(look);
}
