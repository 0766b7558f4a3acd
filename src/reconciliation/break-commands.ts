import type { DifferenceAccount } from '../../events/reconciliation/common.ts';
import type { Money } from '../money/money.ts';
import type { BreakFacts } from './break-state.ts';

/** Who does it, when, and why: every step of a person is on record with its reason. */
export type Step = { readonly by: string; readonly reason: string; readonly at: string };

/**
 * What can be done about a break. `limitMinor` is what one person may write off alone, in the
 * break's currency; above it a second person has to agree.
 */
export type BreakCommand =
  | { readonly type: 'RaiseBreak'; readonly facts: BreakFacts }
  | ({ readonly type: 'AssignBreak'; readonly assignee: string } & Step)
  | ({ readonly type: 'ExplainBreak' } & Step)
  | ({
      readonly type: 'MatchByHand';
      readonly left: readonly string[];
      readonly right: readonly string[];
      /** Null where an item of that side is not open, or several currencies meet. */
      readonly leftTotal: Money | null;
      readonly rightTotal: Money | null;
      /** Where the amounts differ: what takes the difference, and what one person may give up. */
      readonly accept?: { readonly against: DifferenceAccount; readonly limitMinor: bigint };
    } & Step)
  | ({ readonly type: 'WriteOff'; readonly limitMinor: bigint } & Step)
  | ({ readonly type: 'ApproveWriteOff' } & Step)
  | ({ readonly type: 'DeclineWriteOff' } & Step)
  | ({ readonly type: 'SendBack' } & Step)
  | { readonly type: 'ReopenBreak'; readonly taken: readonly string[]; readonly at: string }
  | { readonly type: 'ClearBreak'; readonly matchedBy: readonly string[]; readonly at: string };

export type BreakCommandOf<T extends BreakCommand['type']> = Extract<BreakCommand, { type: T }>;
