import type { BreakRaised } from '../../events/reconciliation/break-raised.v1.ts';

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
    }
  | {
      readonly status: 'resolved';
      readonly facts: BreakFacts;
      readonly resolution: 'matched' | 'written_off' | 'sent_back' | 'cleared';
    };

/** Before anything was found. */
export const initialBreak: BreakState = { status: 'not_raised' };
