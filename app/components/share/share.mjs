// The Share button: copies the page's link, or opens a phone's own list, and says what travels with the link.
import { mounting } from '../shared/mount.mjs';

const SAID_FOR = 9000;
// More characters than many a mail program or chat passes on whole.
const LONG = 4000;

const line = (name, text) => Object.assign(document.createElement('p'), { className: name, textContent: text });

// 'copied', 'shared', '' where somebody thought better of it, or 'shown' where the browser lets nothing be copied.
export async function passOn({ navigator, phone, link }) {
  if (phone && navigator.share) {
    try {
      await navigator.share(link);
      return 'shared';
    } catch (error) {
      if (error.name === 'AbortError') return '';
    }
  }
  try {
    await navigator.clipboard.writeText(link.url);
    return 'copied';
  } catch {
    return 'shown';
  }
}

// What to say of a link that may be cut off on its way; '' for one of usual length.
export function cutOff(url, instead) {
  const length = new Intl.NumberFormat('en').format(url.length);
  const said = `The link has ${length} characters: mail and chat may cut it off.`;
  return url.length > LONG ? `${said} ${instead}`.trim() : '';
}

function createShare(host) {
  const [button, said] = host.querySelector('.share').children;
  const phone = matchMedia('(hover: none)');
  let data = null, timer = 0;
  const close = () => {
    clearTimeout(timer);
    said.replaceChildren();
  };

  async function share() {
    close();
    const link = { url: location.href, title: `${data.title} · Slide & Sum` };
    const how = await passOn({ navigator, phone: phone.matches, link });
    const warning = cutOff(link.url, data.long_link);
    const rest = [line('', data.travels), ...(warning ? [line('', warning)] : [])];
    if (how === 'copied') said.append(line('done', 'Link copied.'), ...rest);
    // Without https there is no clipboard: the link is there to be marked.
    if (how === 'shown') said.append(line('done', 'Copy this link:'), line('link', link.url), ...rest);
    if (how !== 'shown') timer = setTimeout(close, SAID_FOR);
  }
  const onKey = ({ key }) => key === 'Escape' && close();
  const onPress = (event) => event.composedPath().includes(said) || close();
  button.addEventListener('click', share);
  addEventListener('keydown', onKey, true);
  addEventListener('pointerdown', onPress, true);

  return {
    update(component) {
      ({ data } = component);
    },
    destroy() {
      close();
      button.removeEventListener('click', share);
      removeEventListener('keydown', onKey, true);
      removeEventListener('pointerdown', onPress, true);
    },
  };
}

export default mounting(createShare);
