// The opening: plays once over the page that is being put together beneath it, and goes at the first key or press.
import { poseAt, WHOLE } from './timeline.mjs';
import { placesIn } from './places.mjs';
import { paint } from './painting.mjs';
import { remember, remembered, wish } from './memory.mjs';

// While Streamlit starts, frames come late: the picture then waits, it does not leap.
const LONGEST_FRAME = 50, FADES = 200;
const ROLES = ['input', 'kernel', 'output', 'window', 'window-line', 'window-casing'];
// They begin a way through the buttons, or a shortcut of the browser's own.
const NOT_ON = new Set(['Tab', 'Shift', 'Control', 'Alt', 'AltGraph', 'Meta']);
const GUIDE = 'guide';

// The stage plays its first cells and says what happens (components/stage/guide.mjs); it may have yet to be drawn.
function askForGuide() {
  document.documentElement.dataset.guide = 'asked';
  dispatchEvent(new CustomEvent('slide-and-sum-guide'));
}

function coloursOf(section) {
  const probe = section.appendChild(document.createElement('i'));
  const read = (colour) => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(ROLES.map((role) => [role, read(`var(--ss-${role})`)]));
  Object.assign(colours, {
    text: getComputedStyle(section).color, page: getComputedStyle(section).backgroundColor,
    rule: read('light-dark(#c9c9c4, #4a4f53)'),
  });
  probe.remove();
  return colours;
}

// A link to the opening (main.py's menu has one) plays it here; Streamlit's links all open a tab of their own.
function followLinks() {
  addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href$="?opening=1"]');
    if (!link) return;
    event.preventDefault();
    location.assign(link.href);
  }, true);
}

export default function playOpening() {
  followLinks();
  const section = document.getElementById('opening');
  const { play, guide, address } = wish(location.href, remembered(section.dataset.name));
  if (address) history.replaceState(history.state, '', address);
  if (guide) askForGuide();
  if (!play) return section.remove();
  document.documentElement.classList.add('opening');
  remember(section.dataset.name);
  const scene = JSON.parse(section.querySelector('script').textContent);
  const canvas = section.querySelector('canvas'), context = canvas.getContext('2d');
  const words = [...section.querySelectorAll('h2 span')];
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let played = still.matches ? WHOLE : 0, last = null, request = 0, tabbed = false;

  function draw() {
    const { clientWidth: width, clientHeight: height } = canvas, dense = devicePixelRatio || 1;
    const pose = poseAt(played, { out: scene.out, taps: scene.kernel.length, rest: scene.rest });
    if (canvas.width !== Math.round(width * dense) || canvas.height !== Math.round(height * dense)) {
      canvas.width = Math.round(width * dense);
      canvas.height = Math.round(height * dense);
    }
    context.setTransform(dense, 0, 0, dense, 0, 0);
    context.clearRect(0, 0, width, height);
    paint(context, { scene, places: placesIn(width, height), pose, colours: coloursOf(section) });
    words.forEach((word, index) => word.classList.toggle('said', index < pose.said));
    section.dataset.state = played < WHOLE ? 'playing' : 'still';
  }

  function frame(now) {
    played = still.matches ? WHOLE : Math.min(WHOLE, played + Math.min(LONGEST_FRAME, now - (last ?? now)));
    last = now;
    draw();
    request = played < WHOLE ? requestAnimationFrame(frame) : 0;
  }

  const resized = new ResizeObserver(() => request || draw());
  const inside = (target) => target instanceof Element && section.contains(target);

  function leave() {
    cancelAnimationFrame(request);
    resized.disconnect();
    for (const [name, listener] of heard) removeEventListener(name, listener, true);
    section.classList.add('going');
    section.inert = true;
    setTimeout(() => section.remove(), still.matches ? 0 : FADES);
  }
  function onKey(event) {
    tabbed = event.key === 'Tab';
    const pressed = inside(event.target) && ['Enter', ' '].includes(event.key);
    if (!pressed && !NOT_ON.has(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) leave();
  }
  // On the window and before all others, so that nothing on the page is kept from them.
  const heard = [
    ['keydown', onKey],
    ['pointerdown', (event) => inside(event.target) || leave()],
    ['wheel', leave],
    // The keyboard has gone past the buttons into the page.
    ['focusin', (event) => tabbed && !inside(event.target) && leave()],
  ];
  for (const [name, listener] of heard) addEventListener(name, listener, true);
  section.addEventListener('click', (event) => {
    const way = event.target.closest('button')?.dataset.way;
    if (!way) return;
    leave();
    if (way === GUIDE) askForGuide();
  });
  resized.observe(canvas);
  draw();
  request = played < WHOLE ? requestAnimationFrame(frame) : 0;
  return undefined;
}
