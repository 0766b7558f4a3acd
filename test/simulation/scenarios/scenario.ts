import type { EscrowStatus } from '../../../src/escrow/state.ts';
import type { Random } from '../engine/random.ts';
import type { CarrierPlan } from '../ports/carrier-state.ts';
import type { Stage } from '../system/stage.ts';
import type { TradeRequest } from './trade-request.ts';

/** One way in which a trade may go. Each stands in a file of its own and in the list of `index.ts`. */
export type Scenario = {
  readonly name: string;
  /** How often it is played, compared with the others. */
  readonly weight: number;
  readonly plan: (draw: Random, ordinal: number) => Plan;
};

export type Plan = {
  readonly request: TradeRequest;
  readonly carrier: CarrierPlan;
  /** Where the trade may rest, under faults; `none` where it may never have been opened. */
  readonly ends: readonly (EscrowStatus | 'none')[];
  /** Where it rests when nothing goes wrong. */
  readonly calmEnds: readonly (EscrowStatus | 'none')[];
  /** How long money may be held where the platform is; a setting of the deployment. */
  readonly holdLimitSeconds?: number;
  readonly deadLetterCodes?: readonly string[];
  /** Those of them that are thrown away once a person has looked. */
  readonly deletedCodes?: readonly string[];
  readonly play: (stage: Stage) => Promise<void>;
};
