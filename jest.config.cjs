/** One project per level of test, so that `npm run test:<level>` runs that level alone. */
const project = (level) => ({
  displayName: level,
  rootDir: __dirname,
  testMatch: [`<rootDir>/test/${level}/**/*.${level}.test.ts`],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/esbuild-transformer.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/dist', '<rootDir>/coverage'],
  ...(['integration', 'contract', 'browser'].includes(level)
    ? { setupFilesAfterEnv: ['<rootDir>/test/integration/setup.ts'] }
    : {}),
});

module.exports = {
  // The slow tests wait more than they compute, so each core gets a file of its own.
  maxWorkers: '100%',
  projects: ['unit', 'contract', 'infra', 'integration', 'browser'].map(project),
};
