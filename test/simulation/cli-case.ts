import { calm, FAULT_NAMES, type FaultName, type Faults, scaled, stormy } from './faults.ts';
import { runWorld, type WorldOptions, type WorldResult } from './run-world.ts';
import type { Checks } from './world.ts';

/** How many trades share a world, as everywhere in the simulator. */
export const TRADES_PER_WORLD = 20;

/** What may go wrong: nothing, or a bad day so many times over without some of its faults. */
export type Weather = {
  readonly calm: boolean;
  readonly factor: number;
  readonly without: readonly FaultName[];
  /** Chances that are given one by one, in place of the usual ones. */
  readonly rates?: Readonly<Partial<Faults>>;
};

export const STORM: Weather = { calm: false, factor: 1, without: [] };
export const CALM: Weather = { calm: true, factor: 1, without: [] };

/** One world that can be replayed: all that it follows from. */
export type Case = {
  readonly seed: number;
  readonly trades: number;
  readonly weather: Weather;
  /** Names of the scenarios to draw from; all of them where it is left out. */
  readonly scenarios?: readonly string[];
  /** Ordinals of the trades to play; all of them where it is left out. */
  readonly only?: readonly number[];
  /** Numbers of calls after whose effect the function dies. */
  readonly crashAt?: readonly number[];
  readonly withoutStatements?: boolean;
};

export const faultsOf = ({ calm: isCalm, factor, without, rates = {} }: Weather): Faults => {
  const faults: Faults = isCalm ? calm : scaled(stormy, factor);
  return { ...faults, ...rates, ...Object.fromEntries(without.map((name) => [name, 0])) };
};

/** The faults that a weather has, in the order of their names. */
export const faultNamesOf = (weather: Weather): readonly FaultName[] => {
  const faults = faultsOf(weather);
  return FAULT_NAMES.filter((name) => faults[name] > 0);
};

export const worldOptionsOf = ({ weather, ...world }: Case): WorldOptions => ({
  ...world,
  faults: faultsOf(weather),
});

export const runCase = (
  world: Case,
  options: { readonly checks?: Checks; readonly trace?: boolean } = {},
): Promise<WorldResult> => runWorld({ ...worldOptionsOf(world), ...options });

/** The one line that replays a case. */
export function replayCommand({
  seed,
  trades,
  weather,
  scenarios = [],
  only = [],
  crashAt = [],
  withoutStatements = false,
}: Case): string {
  const words = [`npm run simulate -- --replay ${seed} --trades ${trades}`];
  if (scenarios.length > 0) words.push(`--scenario ${scenarios.join(',')}`);
  if (only.length > 0) words.push(`--only ${only.join(',')}`);
  if (crashAt.length > 0) words.push(`--crash-at ${crashAt.join(',')}`);
  if (withoutStatements) words.push('--without-statements');
  if (weather.calm) words.push('--calm');
  else if (weather.factor !== 1) words.push(`--faults ${weather.factor}`);
  const rates = Object.entries(weather.rates ?? {});
  if (rates.length > 0) words.push(`--rate ${rates.map((rate) => rate.join('=')).join(',')}`);
  if (weather.without.length > 0) {
    words.push(`--without ${weather.without.join(',')}`);
  }
  return words.join(' ');
}
