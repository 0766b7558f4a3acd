/** One project per level of test, so that `npm run test:<level>` runs that level alone. */
const project = (level) => ({
  displayName: level,
  rootDir: __dirname,
  testMatch: [`<rootDir>/test/${level}/**/*.${level}.test.ts`],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/esbuild-transformer.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/dist', '<rootDir>/coverage'],
});

module.exports = {
  // The slow tests wait more than they compute, so each core gets a file of its own.
  maxWorkers: '100%',
  // Only what hangs is ended: a busy machine may be ten times slower than an idle one.
  testTimeout: 300_000,
  projects: ['unit', 'contract', 'infra', 'integration', 'browser'].map(project),
};
