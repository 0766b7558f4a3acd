module.exports = require('./mutation-of.cjs')('money');
