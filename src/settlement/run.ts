import type { PayoutEvent, SellerEvent } from '../../events/index.ts';
import type { BankChargeLimits } from '../money/bank-charges.ts';
import type { EventRecord, EventStore } from '../platform/event-store.ts';
import { execute, fold, type Outcome, type Owner } from '../platform/execute.ts';
import { payoutStream, sellerStream } from '../platform/ids.ts';
import type { Corridor } from './corridors.ts';
import { decidePayout, type PayoutCommand } from './payout.ts';
import { type PayoutState, payoutEvolution } from './payout-state.ts';
import type { BlockDesk, PayoutRails, SellerCountry } from './ports.ts';
import { decideSeller, type SellerCommand } from './seller.ts';
import { type SellerState, sellerEvolution } from './seller-state.ts';

export type SettlementPorts = {
  readonly store: EventStore<PayoutEvent>;
  readonly sellers: EventStore<SellerEvent>;
  readonly rails: PayoutRails;
  readonly corridors: readonly Corridor[];
  readonly blockOf: BlockDesk;
  /** Which corridor a payout that is tried again takes; a first attempt has it with its release. */
  readonly sellerCountryOf: SellerCountry;
  /**
   * How long a failure must be old before another attempt is made: longer than any worker lives, so
   * that none is still about to send the old one.
   */
  readonly retryPauseSeconds: number;
  /** What banks may keep of a payment that they give back. */
  readonly bankChargeLimits: BankChargeLimits;
  readonly now: () => Date;
};

export type PayoutOutcome = Outcome<PayoutState, PayoutEvent>;
export type SellerOutcome = Outcome<SellerState, SellerEvent>;

/** Which payout a message means, and the message. The owner is needed where the payout starts. */
export type PayoutContext = {
  readonly payoutId: string;
  readonly cause: string;
  readonly owner?: Owner;
};

/** A command that may be repeated with other content under one message has a cause for each. */
const causeOf = (cause: string, command: PayoutCommand): string =>
  command.type === 'RecordReversal'
    ? `${cause}/${command.type}/${command.totalReversed.amountMinor}`
    : 'blockedTradeId' in command
      ? `${cause}/${command.type}/${command.blockedTradeId}`
      : `${cause}/${command.type}`;

export const runPayout = (
  { store, now }: Pick<SettlementPorts, 'store' | 'now'>,
  { payoutId, cause, owner }: PayoutContext,
  command: PayoutCommand,
): Promise<PayoutOutcome> =>
  execute(
    { store, now },
    {
      streamId: payoutStream(payoutId),
      ...(owner === undefined ? {} : { owner }),
      cause: causeOf(cause, command),
      evolution: payoutEvolution,
      decide: (state) => decidePayout(command, state),
    },
  );

/** Which seller a message means, whose record it makes, and the message. */
export type SellerContext = {
  readonly sellerAccountId: string;
  readonly cause: string;
  readonly owner?: Owner;
};

export const runSeller = (
  { sellers, now }: Pick<SettlementPorts, 'sellers' | 'now'>,
  { sellerAccountId, cause, owner }: SellerContext,
  command: SellerCommand,
): Promise<SellerOutcome> =>
  execute(
    { store: sellers, now },
    {
      streamId: sellerStream(sellerAccountId),
      ...(owner === undefined ? {} : { owner }),
      cause: `${cause}/${command.type}`,
      evolution: sellerEvolution,
      decide: (state) => decideSeller(sellerAccountId, command, state),
    },
  );

/** A payout as it stands, with its records. */
export async function loadPayout(
  { store }: { readonly store: Pick<SettlementPorts['store'], 'load'> },
  payoutId: string,
): Promise<{ readonly state: PayoutState; readonly records: readonly EventRecord<PayoutEvent>[] }> {
  const records = await store.load(payoutStream(payoutId));
  return { state: fold(payoutEvolution, records), records };
}

export const loadSeller = async (
  { sellers }: Pick<SettlementPorts, 'sellers'>,
  sellerAccountId: string,
): Promise<SellerState> => fold(sellerEvolution, await sellers.load(sellerStream(sellerAccountId)));
