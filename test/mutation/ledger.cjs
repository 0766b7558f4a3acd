module.exports = require('./mutation-of.cjs')('ledger');
