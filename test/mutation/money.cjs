module.exports = require('./mutation-of.cjs')('money', { atLeast: 100 });
