import type { Case, Weather } from './cli-case.ts';
import type { FaultName } from './faults.ts';
import type { FoundViolation } from './run-world.ts';

/** A run of worlds, by their numbers in a simulation: from `from` up to, not including, `to`. */
export type WorldsJob = {
  readonly kind: 'worlds';
  readonly seed: number;
  readonly trades: number;
  readonly from: number;
  readonly to: number;
  readonly weather: Weather;
  readonly scenarios?: readonly string[];
  readonly withoutStatements?: boolean;
};

/** The seeds from 1 on, with a bug planted, until an invariant finds it; null plants none. */
export type MutantJob = {
  readonly kind: 'mutant';
  readonly name: string | null;
  readonly seeds: number;
  readonly weather: Weather;
  readonly scenarios?: readonly string[];
};

/** One trade, crashed at a call, and with `pairs` at each later call of that run as well. */
export type CrashesJob = {
  readonly kind: 'crashes';
  readonly world: Case;
  readonly from: number;
  readonly to: number;
  readonly pairs: boolean;
};

export type Job = WorldsJob | MutantJob | CrashesJob;

/** A world in which a check failed, and how to replay it. */
export type FailedWorld = { readonly world: Case; readonly violations: readonly FoundViolation[] };

export type WorldsResult = {
  readonly from: number;
  readonly trades: number;
  readonly steps: number;
  readonly faults: Readonly<Partial<Record<FaultName, number>>>;
  readonly scenarios: Readonly<Record<string, number>>;
  /** The trace hash of each world, in their order. */
  readonly traceHashes: readonly string[];
  readonly failures: readonly FailedWorld[];
};

export type MutantResult = {
  readonly name: string | null;
  /** How many seeds were run, the killing one included. */
  readonly seeds: number;
  /** The invariants that found it, the first to fail first; none where it survived. */
  readonly killedBy: readonly string[];
  readonly detail: string;
};

export type CrashesResult = {
  readonly from: number;
  readonly runs: number;
  readonly failures: readonly FailedWorld[];
};

export type ResultOf<J extends Job> = J extends WorldsJob
  ? WorldsResult
  : J extends MutantJob
    ? MutantResult
    : CrashesResult;
