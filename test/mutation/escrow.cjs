const { deciders } = require('./deciders.cjs');

module.exports = require('./mutation-of.cjs')('escrow', {
  atLeast: 96,
  mutate: [`src/escrow/{${deciders}}.ts`],
});
