module.exports = require('./mutation-of.cjs')('ledger', { atLeast: 100 });
