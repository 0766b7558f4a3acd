import type { BreakMatched } from '../../events/reconciliation/break-matched.v1.ts';
import type { BreakRaised } from '../../events/reconciliation/break-raised.v1.ts';
import type { BreakWrittenOff } from '../../events/reconciliation/break-written-off.v1.ts';
import type { WriteOffProposed } from '../../events/reconciliation/write-off-proposed.v1.ts';

/** What a break is about. It never changes; what is done about it does. */
export type BreakFacts = Omit<BreakRaised, 'type' | 'version'>;

export type BreakState =
  | { readonly status: 'not_raised' }
  | {
      readonly status: 'open';
      readonly facts: BreakFacts;
      readonly assignee: string | null;
      readonly explanation: string | null;
    }
  | {
      readonly status: 'write_off_proposed';
      readonly facts: BreakFacts;
      readonly assignee: string | null;
      readonly explanation: string | null;
      readonly proposedBy: string;
      readonly reason: string;
      readonly amount: WriteOffProposed['amount'];
      /** Which items would be matched with it, where it is a part of a match. */
      readonly match?: WriteOffProposed['match'];
    }
  | {
      readonly status: 'resolved';
      readonly facts: BreakFacts;
      readonly resolution: 'matched' | 'written_off' | 'sent_back' | 'cleared';
      /** What was resolved: the break's own items, and those that a person matched them with. */
      readonly left: readonly string[];
      readonly right: readonly string[];
      /** What of a match by hand was given up. */
      readonly difference?: BreakMatched['difference'];
      /** What was written off, and where that was booked if the step booked it. */
      readonly writtenOff?: Pick<BreakWrittenOff, 'amount' | 'posting'>;
    };

/** Before anything was found. */
export const initialBreak: BreakState = { status: 'not_raised' };
