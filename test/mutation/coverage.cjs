const { projects } = require('../../jest.config.cjs');
const { deciders } = require('./deciders.cjs');

/**
 * `npm run coverage`: every line of the code that moves money runs in the unit tests of its own
 * context. Whether a test would notice if a line were wrong is for the mutation run to say.
 */
module.exports = {
  ...projects[0],
  testMatch: ['<rootDir>/test/unit/{money,ledger,escrow,fx}/*.unit.test.ts'],
  collectCoverage: true,
  coverageProvider: 'v8',
  coverageDirectory: 'coverage/lines',
  coverageReporters: ['text-summary', 'json-summary'],
  collectCoverageFrom: [
    'src/{money,ledger,fx}/*.ts',
    `src/escrow/{${deciders}}.ts`,
    // Types alone.
    '!src/fx/ports.ts',
  ],
  coverageThreshold: { global: { lines: 100 } },
};
