// The first frame: there before Streamlit, and gone when the page beneath it stands still. The same when one page of the
// app follows another, whose parts would be seen to come one by one.
import { createSettled } from './settled.mjs';
import { chosenTheme } from './theme.mjs';
import { hasBegun, isPlain, nameOf } from './switching.mjs';

const APP = '[data-testid="stApp"]';
const DONE = `${APP}[data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]`;
const PARTS = '[data-testid="stMain"] :is([data-testid="stElementContainer"], [data-testid="stLayoutWrapper"])';
const COMPONENTS = '[data-testid="stMain"] [data-testid="stBidiComponentIsolated"]';
const LINKS = 'a:is([data-testid="stTopNavLink"], [data-testid="stTopNavDropdownLink"], [data-testid="stSidebarNavLink"])';
const OURS = 'a[data-turns]';
// A part that Streamlit has not drawn yet, or what the page itself waits for (app/page/plain.py).
const MISSING = '[data-testid="stMain"] :is([data-testid="stSkeleton"], .waiting)';
// Said outside of the page: that the server cannot be reached, for example.
const DIALOG = '[data-testid="stDialog"]';
// The presenter view has no bar, and neither has a page in another one's frame.
const BARE = /[?&](present=1|embed=(true|1))\b/;

// As long as first_frame.css lets a page come, in milliseconds.
const FADE = 140;

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
  const missing = document.querySelector(MISSING);
  return { place, ready: Boolean(document.querySelector(DONE)) && drawn && !missing };
}

// Asks at each frame; `isReady` may keep it waiting for longer.
function whenSettled(act, isReady = () => true) {
  const settled = createSettled();
  function look() {
    const now = performance.now(), { place, ready } = standing();
    if (settled.step({ now, place, ready: isReady(now) && ready }) || document.querySelector(DIALOG)) return act();
    return requestAnimationFrame(look);
  }
  requestAnimationFrame(look);
}

function followTheme(page) {
  const theme = chosenTheme(keptTexts(), location.pathname);
  if (theme) page.dataset.theme = theme;
  else delete page.dataset.theme;
}

// A link of our own to a page is pressed in the bar, which turns the page; followed, it would load all of the app again.
// While Streamlit is busy it might not hear of it.
function turnHere(event) {
  const link = event.composedPath().find((each) => each instanceof Element && each.matches(OURS));
  const inBar = [...document.querySelectorAll(LINKS)].find(({ pathname }) => pathname === link?.pathname);
  if (!inBar || !isPlain(event) || !document.querySelector(DONE)) return;
  event.preventDefault();
  inBar.click();
}

// From page to page: the next one's title is there at once, and its parts come all together.
function coverSwitches(page, frame) {
  const titles = JSON.parse(frame.dataset.titles), without = JSON.parse(frame.dataset.without);
  let latest = 0;
  function uncover(turn) {
    if (turn !== latest) return;
    page.classList.replace('switching', 'arriving');
    setTimeout(() => page.classList.remove('arriving'), FADE);
  }
  function cover(path) {
    const name = nameOf(path), title = titles[name];
    if (!title || path === location.pathname || page.classList.contains('switching')) return;
    const began = performance.now(), turn = (latest += 1);
    followTheme(page);
    frame.querySelector('.title').textContent = title;
    frame.querySelector('.board').hidden = without.includes(name);
    page.classList.remove('arriving');
    page.classList.add('switching');
    const begun = hasBegun({ began, stateOf: () => document.querySelector(APP)?.dataset.testScriptState });
    whenSettled(() => uncover(turn), begun);
  }
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.(LINKS);
    if (link && isPlain(event)) cover(link.pathname);
    else turnHere(event);
  }, true);
  // A button of the page that leads to another, or the browser's own.
  globalThis.navigation?.addEventListener('navigate', ({ destination, hashChange }) => {
    if (destination.sameDocument && !hashChange) cover(new URL(destination.url).pathname);
  });
}

export default function showFirstFrame() {
  const page = document.documentElement;
  followTheme(page);
  page.classList.add('first-frame');
  const frame = document.getElementById('first-frame');
  if (BARE.test(location.search)) frame.classList.add('bare');
  whenSettled(() => {
    page.classList.remove('first-frame');
    frame.classList.remove('bare');
  });
  coverSwitches(page, frame);
}
