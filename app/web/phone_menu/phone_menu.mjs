// The button beside the four names of a phone's bar: opens the list of all pages, and closes it again.
const BAR = '[data-testid="stSidebar"]';
const LINKS = '[data-testid="stSidebarNavLink"]';

// Whether something that was done closes the list: Escape, a link that is followed, a press beside the list, the focus
// going elsewhere. `on` is what it was done to: 'link', 'list', 'beside' it (the veil), 'button' or 'page'.
export function closes({ type, key, on }) {
  if (type === 'keydown') return key === 'Escape';
  if (type === 'click') return ['link', 'beside', 'page'].includes(on);
  return on === 'page';
}

// The veil over the page is drawn by the bar itself.
function placeOf(target) {
  if (target.closest(LINKS)) return 'link';
  if (target.matches(BAR)) return 'beside';
  if (target.closest(BAR)) return 'list';
  return target.closest('#more-pages') ? 'button' : 'page';
}

export default function offerAllPages() {
  const button = document.getElementById('more-pages');
  const isOpen = () => button.getAttribute('aria-expanded') === 'true';
  const open = (on) => button.setAttribute('aria-expanded', String(on));
  const current = () => document.querySelector(`${LINKS}[aria-current="page"]`) ?? document.querySelector(LINKS);

  button.addEventListener('click', () => {
    open(!isOpen());
    if (isOpen()) current()?.focus();
  });
  function follow(event) {
    const { type, key, target } = event;
    if (!isOpen() || !closes({ type, key, on: placeOf(target) })) return;
    open(false);
    if (type !== 'keydown') return;
    event.stopPropagation();
    button.focus();
  }
  ['keydown', 'click', 'focusin'].forEach((name) => document.addEventListener(name, follow, true));
  button.hidden = false;
}
