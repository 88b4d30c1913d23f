// Draws nothing: leaves its payload on the page for another component, under the name in its header.
import { pageMessages } from '../shared/messages.mjs';
import { markDrawn } from '../shared/mount.mjs';
import { readPayload } from '../shared/payload.mjs';

export default function mount({ data, parentElement }) {
  const message = readPayload(data);
  pageMessages().put(message.header.name, message);
  if (parentElement) markDrawn(parentElement);
  // A later call of the same component has already replaced the message when this one is cleaned up.
  return () => setTimeout(() => pageMessages().remove(message.header.name, message));
}
