// What is known of the kernel, a quiet line each; factors as a column and a row of numbers.
const LONGEST_COLUMN = 5;

const piece = (name, className, ...content) => {
  const made = Object.assign(document.createElement(name), { className });
  made.append(...content);
  return made;
};
const numbers = (texts) => texts.map((text) => piece('span', '', text));

function factor({ texts, upright }) {
  if (!upright) return piece('span', 'vector', ...numbers(texts));
  if (texts.length <= LONGEST_COLUMN) return piece('span', 'vector upright', ...numbers(texts));
  const flat = piece('span', 'turned', piece('span', 'vector', ...numbers(texts)), piece('sup', '', 'T'));
  flat.title = 'A column, written as a row.';
  return flat;
}

export function drawBadges({ parent, badges }) {
  const key = JSON.stringify(badges);
  if (parent.dataset.key === key) return;
  parent.dataset.key = key;
  parent.replaceChildren(...badges.map(({ title, text, role, column, row }) => {
    const line = piece('p', 'badge', piece('span', 'title', title));
    if (role) line.dataset.role = role;
    if (text) line.append(piece('span', 'text', text));
    if (column && row) {
      const product = piece('span', 'product');
      product.append(factor({ texts: column, upright: true }), piece('span', 'times', '×'), factor({ texts: row }));
      line.append(product);
    }
    return line;
  }));
}
