// The drawing of a network. Python draws; here it is shown, pointed at and chosen from.
import { createCommits } from '../shared/commits.mjs';
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';
import { createRoving } from '../shared/roving.mjs';
import { roomBelow, watchRoom } from '../shared/room.mjs';
import { followTheme } from '../shared/theme.mjs';

function createNetworkDrawing(host) {
  const root = host.querySelector('.network-drawing'),
    roll = root.querySelector('.roll'),
    said = root.querySelector('.said');
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const commits = createCommits();
  const bodies = () => [...roll.querySelectorAll('.body')];
  const rove = createRoving({ root: roll, items: bodies, listen });
  let data = null,
    drawn = { svg: '', said: '' };

  const bodyOf = ({ target }) => target.closest?.('.body');
  const say = (event) => write(said, bodyOf(event)?.getAttribute('aria-label') ?? drawn.said);
  function choose(event) {
    const body = bodyOf(event);
    if (body) commits.add('choose', body.dataset.id);
  }
  for (const name of ['pointerover', 'focusin']) listen(roll, name, say);
  listen(roll, 'pointerleave', () => write(said, drawn.said));
  listen(roll, 'click', choose);
  listen(roll, 'keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    choose(event);
  });

  // The widest drawing that has room, else the narrowest.
  function draw() {
    const { clientWidth } = root, sheet = data.sheets.find(({ width }) => width <= clientWidth) ?? data.sheets.at(-1);
    if (drawn.svg === sheet.svg) return;
    drawn = sheet;
    const focused = roll.contains(root.getRootNode().activeElement) ? root.getRootNode().activeElement.dataset.id : null;
    roll.innerHTML = drawn.svg;
    // How many of its letters, one above the other, are as high as the drawing.
    const node = roll.querySelector('svg');
    node.style.setProperty('--units', node.getAttribute('height') / node.dataset.letters);
    bodies().forEach((body) => body.setAttribute('role', 'button'));
    if (focused !== null) bodies().find((body) => body.dataset.id === focused)?.focus({ preventScroll: true });
    rove();
    write(said, drawn.said);
  }
  function place() {
    if (!data || !root.clientWidth) return;
    draw();
    bodies().forEach((body) => body.classList.toggle('chosen', body.dataset.id === data.chosen));
    if (data.present) root.style.setProperty('--room', `${roomBelow(root) - (root.offsetHeight - roll.offsetHeight)}px`);
  }
  const leaveRoom = watchRoom(root, place);

  return {
    update(component) {
      ({ data } = component);
      followTheme(root);
      commits.receive(component, data.commits);
      root.classList.toggle('present', data.present);
      place();
      write(said, drawn.said);
    },
    destroy() {
      ended.abort();
      leaveRoom();
      commits.destroy();
    },
  };
}

export default mounting(createNetworkDrawing);
