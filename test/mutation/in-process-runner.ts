import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  INSTRUMENTER_CONSTANTS,
  type InstrumenterContext,
  type MutantCoverage,
  type StrykerOptions,
} from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { expect } from 'expect';
import * as fc from 'fast-check';
import { collectTests, type Test } from './in-process.ts';

/** The test files, as a glob, and a pattern of the names of tests to leave out. */
interface Asked {
  readonly testFiles: string;
  readonly except?: string;
}

type Located = Test & { readonly id: string; readonly fileName: string };

/** What Stryker's instrumented source reads and counts in. */
const instrumented = (): InstrumenterContext => {
  const scope = globalThis as unknown as Record<string, InstrumenterContext>;
  scope[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {};
  return scope[INSTRUMENTER_CONSTANTS.NAMESPACE] as InstrumenterContext;
};

/**
 * Runs pure unit tests for Stryker in the process that Stryker started (docs/adr/0024): every module is
 * loaded once, and a mutant costs what its tests cost. For a mutant that is active while modules load,
 * Stryker starts another process.
 */
export class InProcessRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options);
  readonly #asked: Asked;
  #tests: readonly Located[] | undefined;

  constructor(options: StrykerOptions) {
    this.#asked = options['inProcess'] as Asked;
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun(): Promise<DryRunResult> {
    const result = await this.#run({ disableBail: true });
    const { mutantCoverage } = instrumented();
    if (result.status !== DryRunStatus.Complete || !mutantCoverage) return result;
    // The quickest first: most mutants are found by a test of one rule, not by a search.
    const time = new Map(result.tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
    this.#tests = this.#tests?.toSorted((a, b) => (time.get(a.id) ?? 0) - (time.get(b.id) ?? 0));
    return { ...result, mutantCoverage: withoutCollected(mutantCoverage) };
  }

  async mutantRun(options: MutantRunOptions) {
    const context = instrumented();
    const { hitLimit, activeMutant, mutantActivation, disableBail, testFilter } = options;
    Object.assign(context, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    if (mutantActivation === 'runtime') await this.#load();
    context.activeMutant = activeMutant.id;
    const result = await this.#run({ disableBail, ...(testFilter && { testFilter }) });
    return toMutantRunResult(result, disableBail);
  }

  async #load(): Promise<readonly Located[]> {
    if (this.#tests) return this.#tests;
    const { testFiles, except } = this.#asked;
    const collected = collectTests();
    Object.assign(globalThis, collected.globals, { expect });
    // The first counterexample is enough: nobody reads a smaller one.
    fc.configureGlobal({ endOnFailure: true });
    const tests: Located[] = [];
    for (const fileName of globSync(testFiles).sort()) {
      const found = await collected.load(pathToFileURL(resolve(fileName)).href);
      tests.push(
        ...found
          .filter(({ name }) => except === undefined || !new RegExp(except).test(name))
          .map((test) => ({ ...test, fileName, id: `${fileName}: ${test.name}` })),
      );
    }
    this.#tests = tests;
    return tests;
  }

  async #run(asked: {
    readonly disableBail: boolean;
    readonly testFilter?: readonly string[];
  }): Promise<DryRunResult> {
    const context = instrumented();
    try {
      const wanted = asked.testFilter && new Set(asked.testFilter);
      const tests: TestResult[] = [];
      for (const test of await this.#load()) {
        if (wanted && !wanted.has(test.id)) continue;
        context.currentTestId = test.id;
        const result = await resultOf(test);
        delete context.currentTestId;
        tests.push(result);
        if (result.status === TestStatus.Failed && !asked.disableBail) break;
      }
      const endless = determineHitLimitReached(context.hitCount, context.hitLimit);
      return endless ?? { status: DryRunStatus.Complete, tests };
    } catch (error) {
      return { status: DryRunStatus.Error, errorMessage: String(error) };
    }
  }
}

/**
 * What a test file calls to prepare its tests runs while it loads. Whatever a test reaches as well is
 * judged by that test, in this process; what runs at no other time has a process of its own.
 */
const withoutCollected = ({ perTest, static: loaded }: MutantCoverage): MutantCoverage => {
  const tested = new Set(Object.values(perTest).flatMap(Object.keys));
  const only = Object.entries(loaded).filter(([mutant]) => !tested.has(mutant));
  return { perTest, static: Object.fromEntries(only) };
};

const resultOf = async ({ id, name, fileName, run }: Located): Promise<TestResult> => {
  const startedAt = performance.now();
  const about = () => ({ id, name, fileName, timeSpentMs: performance.now() - startedAt });
  try {
    await run();
    return { ...about(), status: TestStatus.Success };
  } catch (error) {
    return { ...about(), status: TestStatus.Failed, failureMessage: String(error) };
  }
};

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner),
];

export const strykerValidationSchema = {
  properties: {
    inProcess: {
      type: 'object',
      properties: { testFiles: { type: 'string' }, except: { type: 'string' } },
    },
  },
};
