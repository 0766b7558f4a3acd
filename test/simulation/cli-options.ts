import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { UsageError } from '../../local/cli/options.ts';
import type { Case, Weather } from './cli-case.ts';
import { TRADES_PER_WORLD } from './cli-case.ts';
import { FAULT_NAMES, type FaultName } from './faults.ts';
import { SCENARIOS } from './scenarios/index.ts';

export const USAGE = `Usage: npm run simulate -- [options]

Runs trades through every fault and checks the invariants.

  --seed S         the seed of the run (1)
  --trades N       how many trades (1000)
  --part K/N       only the Kth of N parts of their worlds, to share a long run
  --faults P       so many times the usual faults (1)
  --rate A=P,B=Q   these faults at these chances, from 0 to 1
  --without A,B    without these faults
  --calm           nothing goes wrong
  --without-statements  the bank and the provider write none
  --scenario A,B   only these scenarios; all stands for every one
  --workers N      processes that share the work (one for each core)
  --json           the result as JSON on stdout
  --mutants        plant every bug in turn; fail if one survives
  --mutant A,B     only these of them
  --enumerate      crash the happy path, or the scenarios, at every call and pair of calls
  --single         with --enumerate: not at every pair of calls as well
  --replay S       replay the world of seed S as a timeline; with --trades, --only 3,7,
                   --scenario, --faults, --rate, --without, --calm, --crash-at 12,
                   --without-statements
  --help
`;

export type Part = { readonly number: number; readonly count: number };

export type SimulateOptions = {
  readonly mode: 'run' | 'mutants' | 'enumerate' | 'replay' | 'help';
  readonly json: boolean;
  readonly pairs: boolean;
  readonly workers: number;
  /** Which part of the run's worlds, of how many. */
  readonly part: Part;
  /** Names of mutants to plant; all of them where it is empty. */
  readonly mutants: readonly string[];
  /** What a replay replays; its seed and trades are those of the run otherwise. */
  readonly world: Case;
};

const options = {
  seed: { type: 'string' },
  trades: { type: 'string' },
  part: { type: 'string', default: '1/1' },
  faults: { type: 'string' },
  calm: { type: 'boolean', default: false },
  'without-statements': { type: 'boolean', default: false },
  scenario: { type: 'string' },
  workers: { type: 'string' },
  json: { type: 'boolean', default: false },
  mutants: { type: 'boolean', default: false },
  mutant: { type: 'string' },
  enumerate: { type: 'boolean', default: false },
  single: { type: 'boolean', default: false },
  replay: { type: 'string' },
  only: { type: 'string' },
  rate: { type: 'string' },
  without: { type: 'string' },
  'crash-at': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const DEFAULT_TRADES = 1_000;
const LARGEST_SEED = 4_294_967_295;

/** @throws UsageError for an unknown option or a value that it does not take. */
export function readSimulateOptions(args: readonly string[]): SimulateOptions {
  const values = parsed(args);
  const isReplay = values.replay !== undefined;
  const scenarios = scenariosOf(values.scenario);
  const only = listOf(values.only).map((text) => wholeNumber('--only', text));
  const crashAt = listOf(values['crash-at']).map((text) => wholeNumber('--crash-at', text));
  return {
    mode: modeOf(values),
    json: values.json,
    pairs: !values.single,
    workers:
      values.workers === undefined
        ? availableParallelism()
        : Math.max(1, wholeNumber('--workers', values.workers)),
    part: partOf(values.part),
    mutants: listOf(values.mutant),
    world: {
      seed: wholeNumber('--seed', values.replay ?? values.seed ?? '1', LARGEST_SEED),
      trades: wholeNumber(
        '--trades',
        values.trades ?? String(isReplay ? TRADES_PER_WORLD : DEFAULT_TRADES),
      ),
      weather: weatherOf(values),
      ...(scenarios.length === 0 ? {} : { scenarios }),
      ...(only.length === 0 ? {} : { only }),
      ...(crashAt.length === 0 ? {} : { crashAt }),
      ...(values['without-statements'] ? { withoutStatements: true } : {}),
    },
  };
}

type Values = ReturnType<typeof parseValues>;

const parseValues = (args: readonly string[]) => parseArgs({ args, options }).values;

/** Node explains at length how to pass odd arguments; its first sentence says what is wrong. */
function parsed(args: readonly string[]): Values {
  try {
    return parseValues(args);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.replace(/\. .*$/s, '.'), { cause: error });
  }
}

function modeOf({ help, replay, mutants, mutant, enumerate }: Values): SimulateOptions['mode'] {
  if (help) return 'help';
  if (replay !== undefined) return 'replay';
  if (mutants || mutant !== undefined) return 'mutants';
  return enumerate ? 'enumerate' : 'run';
}

function partOf(text: string): Part {
  const [, number, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (number !== undefined && count !== undefined && number >= 1 && number <= count) {
    return { number, count };
  }
  throw new UsageError(`--part takes a part and their number, such as 2/10, not '${text}'.`);
}

function weatherOf({ calm, faults = '1', rate, without }: Values): Weather {
  const factor = Number(faults);
  if (!(factor >= 0)) throw new UsageError(`--faults takes a number, not '${faults}'.`);
  const rates = Object.fromEntries(listOf(rate).map(faultRate));
  return {
    calm,
    factor,
    without: listOf(without).map((name) => faultName('--without', name)),
    ...(rate === undefined ? {} : { rates }),
  };
}

function faultRate(text: string): readonly [FaultName, number] {
  const [name = '', chance = ''] = text.split('=');
  const rate = Number(chance);
  if (chance.trim() !== '' && rate >= 0 && rate <= 1) return [faultName('--rate', name), rate];
  throw new UsageError(`--rate takes chances from 0 to 1, such as crash=0.1, not '${text}'.`);
}

function faultName(option: string, text: string): FaultName {
  const found = FAULT_NAMES.find((name) => name === text);
  if (found !== undefined) return found;
  throw new UsageError(`${option} takes names of faults: ${FAULT_NAMES.join(', ')}.`);
}

const scenariosOf = (text: string | undefined): readonly string[] =>
  text === 'all' ? SCENARIOS.map(({ name }) => name) : listOf(text).map(scenarioName);

function scenarioName(text: string): string {
  const names = SCENARIOS.map(({ name }) => name);
  if (names.includes(text)) return text;
  throw new UsageError(`--scenario takes names of scenarios: ${names.join(', ')}.`);
}

const listOf = (text: string | undefined): readonly string[] =>
  text === undefined ? [] : text.split(',').filter((part) => part !== '');

function wholeNumber(option: string, text: string, largest = Number.MAX_SAFE_INTEGER): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= largest) return number;
  throw new UsageError(`${option} takes a whole number from 0 to ${largest}, not '${text}'.`);
}
