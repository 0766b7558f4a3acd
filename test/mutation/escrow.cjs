const { deciders } = require('./deciders.cjs');

module.exports = require('./mutation-of.cjs')('escrow', {
  atLeast: 100,
  mutate: [`src/escrow/{${deciders}}.ts`],
});
