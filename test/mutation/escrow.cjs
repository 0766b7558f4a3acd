const { deciders } = require('./deciders.cjs');

module.exports = require('./mutation-of.cjs')('escrow', {
  atLeast: 98,
  mutate: [`src/escrow/{${deciders}}.ts`],
});
