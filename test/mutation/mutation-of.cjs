/**
 * Stryker's configuration for one context (docs/adr/0024): its files, judged by its own unit tests
 * and by no others, so that each rule of money is held where it is stated. `TESTS` names some of
 * those test files, as a glob without its ending, for a quick look at one source file.
 */
module.exports = (context, mutate = [`src/${context}/*.ts`]) => ({
  mutate,
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules'],
  jest: {
    configFile: 'test/mutation/jest.cjs',
    config: {
      testMatch: [`<rootDir>/test/unit/${context}/${process.env.TESTS ?? '*'}.unit.test.ts`],
    },
  },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // A busy machine is slow, which is not a mutant found. Endless loops are counted, not timed.
  timeoutMS: 60_000,
  // Stryker rewrites tsconfig.json by TypeScript's old JavaScript API, which TypeScript 7 lacks. Nothing
  // reads that file here: esbuild strips the types.
  ignorePatterns: ['tsconfig.json', 'cdk.out', 'dist', 'coverage'],
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `coverage/mutation/${context}.json` },
  tempDirName: `coverage/mutation/${context}.tmp`,
});
