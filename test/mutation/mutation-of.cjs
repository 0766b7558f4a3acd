/**
 * Stryker's configuration for one context (docs/adr/0024): its files, judged by its own unit tests
 * and by no others, so that each rule of money is held where it is stated. `TESTS` names some of
 * those test files, as a glob without its ending, for a quick look at one source file; `EXCEPT` is a
 * pattern of the names of tests to leave out. With either, nothing has to be found.
 *
 * @param atLeast the percentage of mutants that all tests find, below which the command fails.
 */
module.exports = (context, { atLeast, mutate = [`src/${context}/*.ts`] }) => ({
  mutate,
  thresholds: {
    ...{ high: 100, low: atLeast },
    break: process.env.TESTS || process.env.EXCEPT ? null : atLeast,
  },
  plugins: ['./test/mutation/in-process-runner.ts', './test/mutation/message-ignorer.ts'],
  ignorers: ['messages'],
  testRunner: 'in-process',
  inProcess: {
    testFiles: `test/unit/${context}/${process.env.TESTS ?? '*'}.unit.test.ts`,
    ...(process.env.EXCEPT && { except: process.env.EXCEPT }),
  },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // A busy machine is slow, which is not a mutant found. Endless loops are counted, not timed.
  timeoutMS: 60_000,
  // Stryker rewrites tsconfig.json by TypeScript's old JavaScript API, which TypeScript 7 lacks. Nothing
  // reads that file here: Node strips the types.
  ignorePatterns: [
    ...[
      'tsconfig.json',
      'cdk.out',
      'dist',
      'coverage',
      'bin',
      'console',
      'functions',
      'lib',
      'local',
    ],
    ...['browser', 'contract', 'infra', 'integration', 'simulation'].map(
      (level) => `test/${level}`,
    ),
  ],
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `coverage/mutation/${context}.json` },
  tempDirName: `coverage/mutation/${context}.tmp`,
});
