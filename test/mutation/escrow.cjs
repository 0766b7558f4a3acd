const { deciders } = require('./deciders.cjs');

module.exports = require('./mutation-of.cjs')('escrow', [`src/escrow/{${deciders}}.ts`]);
