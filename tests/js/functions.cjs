// Every function of the given modules, as lines "file:line name lines", read by the parser that Node itself has.
const fs = require('node:fs');
const { parse } = require('internal/deps/acorn/acorn/dist/acorn');
const { fullAncestor } = require('internal/deps/acorn/acorn-walk/dist/walk');

const nameOf = (node, around) => node.id?.name ?? around?.id?.name ?? around?.key?.name ?? 'a function';

for (const file of process.argv.slice(2)) {
  const tree = parse(fs.readFileSync(file, 'utf8'), { ecmaVersion: 'latest', sourceType: 'module', locations: true });
  fullAncestor(tree, (node, _, ancestors) => {
    if (!/Function/.test(node.type)) return;
    const { start, end } = node.loc;
    console.log([file, start.line, end.line - start.line + 1, nameOf(node, ancestors.at(-2))].join('\t'));
  });
}
