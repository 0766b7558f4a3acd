module.exports = require('./mutation-of.cjs')('escrow');
