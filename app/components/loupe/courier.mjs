// Draws nothing: leaves its payload on the page's board, under the name in its header.
import { readPayload } from '../shared/payload.mjs';
import { pageBoard } from './board.mjs';

export default function mount({ data }) {
  const note = readPayload(data);
  pageBoard().put(note.header.name, note);
  // A later call of the same courier has already replaced the note when this one is cleaned up.
  return () => setTimeout(() => pageBoard().remove(note.header.name, note));
}
