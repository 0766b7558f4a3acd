import { shipmentIdFor, tradeIdFor } from '../../src/platform/ids.ts';
import { createRandom } from './engine/random.ts';
import type { Mutable } from './ports/queue-state.ts';
import { SCENARIOS } from './scenarios/index.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { personalDataOf } from './scenarios/trade-request.ts';
import type { Plant } from './system/plant.ts';
import { createStage } from './system/stage.ts';
import type { ApiCall, PlannedTrade } from './world.ts';

const MARKETPLACE_ID = 'mkt_simulated';
/** Trades start within half an hour of each other. */
const START_SPREAD_MS = 1_800_000;
const TRADE_STREAM = 1_000;

export type WorkloadOptions = {
  readonly seed: number;
  readonly trades: number;
  /** Names of the scenarios to draw from; all of them where it is left out. */
  readonly scenarios?: readonly string[];
  /** The ordinals of the trades to play; all of them where it is left out. */
  readonly only?: readonly number[];
  /** The bank and the provider write no statements, whatever the seed says. */
  readonly withoutStatements?: boolean;
};

/** Draws what every trade of a world will be, and lets each begin at its time. */
export function planTrades(
  plant: Plant,
  options: WorkloadOptions & { readonly isCalm: boolean },
  apiCalls: ApiCall[],
): readonly PlannedTrade[] {
  const choices = chosenScenarios(options.scenarios);
  const ordinals = options.only ?? Array.from({ length: options.trades }, (_, ordinal) => ordinal);
  return ordinals.map((ordinal) => planTrade({ plant, options, apiCalls, choices, ordinal }));
}

function chosenScenarios(names: readonly string[] | undefined): readonly Scenario[] {
  if (names === undefined) return SCENARIOS;
  return names.map((name) => {
    const scenario = SCENARIOS.find((one) => one.name === name);
    if (scenario === undefined) throw new RangeError(`There is no scenario ${name}.`);
    return scenario;
  });
}

function planTrade(context: {
  readonly plant: Plant;
  readonly options: WorkloadOptions & { readonly isCalm: boolean };
  readonly apiCalls: ApiCall[];
  readonly choices: readonly Scenario[];
  readonly ordinal: number;
}): PlannedTrade {
  const { plant, options, apiCalls, choices, ordinal } = context;
  const draw = createRandom(options.seed, TRADE_STREAM + ordinal);
  const scenario = weighted(choices, draw.unit());
  const plan = scenario.plan(draw, ordinal);
  const idempotencyKey = `key-${options.seed}-${ordinal}`;
  const tradeId = tradeIdFor(MARKETPLACE_ID, idempotencyKey);
  const trade: Mutable<PlannedTrade> = {
    ordinal,
    scenario: scenario.name,
    tradeId,
    marketplaceId: MARKETPLACE_ID,
    ends: new Set(options.isCalm ? plan.calmEnds : plan.ends),
    deadLetterCodes: new Set(plan.deadLetterCodes ?? []),
    deletedCodes: new Set(plan.deletedCodes ?? []),
    personalData: personalDataOf(ordinal),
    script: 'running',
    scriptError: null,
  };
  plant.carrier.plans.set(shipmentIdFor(tradeId, 1), plan.carrier);
  const stage = createStage({
    plant,
    ordinal,
    draw,
    tradeId,
    idempotencyKey,
    apiCalls,
    marketplaceId: MARKETPLACE_ID,
    body: plan.request,
    holdLimitSeconds: plan.holdLimitSeconds,
  });
  const { scheduler } = plant.sim;
  scheduler.at(scheduler.nowMs() + draw.below(START_SPREAD_MS), () => {
    scheduler.add({
      task: `trade ${ordinal}`,
      kind: 'script.start',
      subject: scenario.name,
      run: () => {
        void plan.play(stage).then(
          () => {
            trade.script = 'finished';
          },
          (error: unknown) => {
            trade.script = 'failed';
            trade.scriptError =
              error instanceof Error ? (error.stack ?? error.message) : String(error);
          },
        );
        return tradeId;
      },
    });
  });
  return trade;
}

function weighted(scenarios: readonly Scenario[], unit: number): Scenario {
  let rest = unit * scenarios.reduce((total, { weight }) => total + weight, 0);
  const picked = scenarios.find(({ weight }) => {
    rest -= weight;
    return rest < 0;
  });
  const last = scenarios.at(-1);
  if (last === undefined) throw new RangeError('There is no scenario to play.');
  return picked ?? last;
}
