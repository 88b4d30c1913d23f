// What windows of one browser say to each other during a talk: no server comes between. A window that stands alone, in a
// browser without such channels, talks to nobody.
const NAME = 'slide-and-sum.hall';

// `hear` is called with what other windows send.
export function joinHall(hear, Channel = globalThis.BroadcastChannel) {
  if (!Channel) return { tell() {}, leave() {} };
  const channel = new Channel(NAME);
  channel.onmessage = ({ data }) => hear(data);
  return { tell: (said) => channel.postMessage(said), leave: () => channel.close() };
}
