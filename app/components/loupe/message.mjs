// Draws nothing: leaves its payload on the page for the loupe, under the name in its header.
import { readPayload } from '../shared/payload.mjs';
import { pageMessages } from './messages.mjs';

export default function mount({ data }) {
  const message = readPayload(data);
  pageMessages().put(message.header.name, message);
  // A later call of the same component has already replaced the message when this one is cleaned up.
  return () => setTimeout(() => pageMessages().remove(message.header.name, message));
}
