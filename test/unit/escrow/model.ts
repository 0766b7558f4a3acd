import * as fc from 'fast-check';
import type { Milestone } from '../../../events/escrow/trade-opened.v1.ts';
import type {
  EscrowEvent,
  PayoutEvent,
  SellerEvent,
  TradelaneEvent,
} from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { loadEscrow } from '../../../src/escrow/collect.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { blockOf } from '../../../src/escrow/evolve-block.ts';
import { type EscrowOutcome, type EscrowPorts, runEscrow } from '../../../src/escrow/run.ts';
import {
  type EscrowState,
  type FundedState,
  isFunded,
  type Terms,
} from '../../../src/escrow/state.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { allocate } from '../../../src/money/allocate.ts';
import { money } from '../../../src/money/money.ts';
import type { EventRecord } from '../../../src/platform/event-store.ts';
import { blockDesk, releasesOf } from '../../../src/process/block-desk.ts';
import { blockTrade, unblockTrade } from '../../../src/settlement/block.ts';
import type { SettlementPorts } from '../../../src/settlement/run.ts';
import { confirmPayout, payRelease } from '../../../src/settlement/settle.ts';
import { later, marketplaceId, story, termsOf, tradeId } from '../../support/builders.ts';
import { fakeRail, settlementWith } from '../../support/fake-rail.ts';
import { commandNames, commands, reportedRefund } from './escrow-states.ts';
import { DAY_SECONDS } from './milestones.ts';

/** The terms of a trade in one to four milestones, each with an inspection of its own. */
export const anyTerms: fc.Arbitrary<Terms> = fc
  .record({
    amountMinor: fc.bigInt({ min: 100n, max: 10n ** 12n }),
    parts: fc.array(
      fc.record({ weight: fc.bigInt({ min: 1n, max: 9n }), days: fc.integer({ min: 0, max: 4 }) }),
      { minLength: 1, maxLength: 4 },
    ),
    feeBasisPoints: fc.integer({ min: 0, max: 9_999 }),
  })
  .map(({ amountMinor, parts, feeBasisPoints }) => {
    const amount = money('USD', amountMinor);
    const shares = allocate(
      amount,
      parts.map(({ weight }) => weight),
    );
    const milestones = shares.map(
      (share, index): Milestone => ({
        milestoneId: `part-${index}`,
        amount: share,
        inspectionPeriodSeconds: (parts[index]?.days ?? 0) * DAY_SECONDS,
      }),
    );
    return termsOf({ amount, milestones, feeBasisPoints });
  });

/** Any command but the word of a payout, which only a payout can give. */
/** What a payout leads to, which the model plays by paying out. */
type Payouts = 'RecordMilestonePaid' | 'RecordMilestoneReturned';
type Name = Exclude<keyof typeof commands, Payouts>;
const names = commandNames.filter(
  (name): name is Name => name !== 'RecordMilestonePaid' && name !== 'RecordMilestoneReturned',
);

/** One thing that happens: the next step of the story, a payout, or any command at all. */
export type Step = { readonly hours: number } & (
  | { readonly kind: 'advance' }
  | { readonly kind: 'pay_out' }
  | { readonly kind: 'block' }
  | { readonly kind: 'unblock' }
  | { readonly kind: 'command'; readonly name: Name }
);

const hours = fc.integer({ min: 0, max: 30 });

export const anySteps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('advance' as const), hours }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('pay_out' as const), hours }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('command' as const),
        hours,
        name: fc.constantFrom(...(names as Name[])),
      }),
    },
  ),
  { minLength: 4, maxLength: 28 },
);

/** What brings the first refund that is not done one step further. */
function nextOfRefund({ refunds }: FundedState, at: string): EscrowCommand {
  const refund = refunds.find(({ status }) => status !== 'settled' && status !== 'canceled');
  const { refundId = '', attempt = 1, status } = refund ?? {};
  if (status === 'requested') return { ...commands.ValueRefund, refundId, at };
  if (status === 'failed') return { type: 'RetryRefund', refundId, at };
  const reported = { refundId, attempt, providerRefundId: `re_${attempt}` };
  return {
    type: 'RecordRefund',
    refund: reportedRefund({ ...reported, status: 'succeeded' }),
    at,
  };
}

/** What brings a trade one step further. */
function nextCommand(state: EscrowState, terms: Terms, at: string): EscrowCommand {
  switch (state.status) {
    case 'not_opened':
      return { type: 'OpenTrade', terms };
    case 'awaiting_payment':
      return state.paymentIntentId === null
        ? commands.RecordPaymentRequest
        : commands.RecordPayment;
    case 'canceling':
      return state.reason === 'marketplace'
        ? commands.RefuseCancellation
        : { ...commands.RecordPaymentClosed, at };
    case 'funded':
      return state.converted ? commands.BookShipment : { ...commands.ConvertFunds, at };
    case 'in_fulfilment':
      return { ...commands.ConfirmDelivery, at };
    case 'refunding':
      return nextOfRefund(state, at);
    default:
      return { ...commands.PassInspectionEnd, dueAt: at, at };
  }
}

/** The command as it would come at this time, for these terms. */
function timely(name: Name, terms: Terms, at: string): EscrowCommand {
  const command = commands[name];
  if (command.type === 'OpenTrade') {
    return { ...command, terms: { ...terms, requestHash: command.terms.requestHash } };
  }
  if (name === 'PassInspectionEnd') return { ...commands.PassInspectionEnd, dueAt: at, at };
  return 'at' in command && command.type !== 'PassDeadline' ? { ...command, at } : command;
}

type Blocking = {
  readonly escrow: EscrowPorts;
  readonly settlement: SettlementPorts;
  readonly terms: Terms;
  readonly run: (command: EscrowCommand, cause?: string) => Promise<EscrowOutcome>;
  readonly clock: { readonly at: string };
};

/** The block of the trade and its end, each with what settlement does about it. */
function blocking({ escrow, settlement, terms, run, clock }: Blocking) {
  const messageOf = (count: number) => ({
    cause: `step-${count}`,
    owner: { tradeId, marketplaceId },
  });
  const blocked = async (caseId: string) => ({
    ...{ tradeId, caseId, releases: await releasesOf(escrow.store, tradeId) },
    payoutAccountId: terms.seller.payoutAccountId,
  });
  return {
    block: async (count: number): Promise<void> => {
      const caseId = `case-${count}`;
      const { kind } = await run({ type: 'BlockFunds', caseId, by: 'key_1', at: clock.at });
      if (kind !== 'appended') return;
      await blockTrade(settlement, messageOf(count), await blocked(caseId));
    },
    unblock: async (count: number): Promise<void> => {
      const caseId = blockOf(await loadEscrow(escrow, tradeId))?.caseId;
      const ground = { ground: 'clearance', reference: 'CLR-1' } as const;
      await run({ type: 'ProposeUnblock', ...ground, by: 'key_1', at: clock.at });
      const approval = { type: 'ApproveUnblock', by: 'key_2', at: clock.at } as const;
      const { kind } = await run(approval, `approve-${count}`);
      if (kind !== 'appended' || caseId === undefined) return;
      await unblockTrade(settlement, messageOf(count), await blocked(caseId));
    },
  };
}

/** A trade with its payouts, on real stores, to which things happen one by one. */
export function tradeModel(terms: Terms) {
  const escrows = inMemoryRecordStore<EscrowEvent>();
  const payouts = inMemoryRecordStore<PayoutEvent>();
  const sellers = inMemoryRecordStore<SellerEvent>();
  const rail = fakeRail();
  const clock = { at: story.tradeOpened.quote.createdAt };
  const now = () => new Date(clock.at);
  const escrow = { store: journaledStore(escrows), now };
  const settlement = settlementWith({
    ...{ store: journaledStore(payouts), sellers: journaledStore(sellers), now, rail: rail.port },
    blockOf: blockDesk(escrow.store),
  });
  const appended: { readonly cause: string; readonly command: EscrowCommand }[] = [];
  let count = 0;

  const run = async (command: EscrowCommand, cause = `step-${count}`) => {
    const outcome = await runEscrow(escrow, { tradeId, marketplaceId, cause }, command);
    if (outcome.kind === 'appended') appended.push({ cause, command });
    return outcome;
  };
  const released = () =>
    escrows
      .all()
      .flatMap(({ events }) => events)
      .filter((event) => event.type === 'MilestoneReleased');
  const payOutNext = async (): Promise<void> => {
    const trade = await loadEscrow(escrow, tradeId);
    if (!isFunded(trade)) return;
    const due = trade.releases.find((part) => !trade.paidMilestoneIds.includes(part.milestoneId));
    const release = released().find(({ milestoneId }) => milestoneId === due?.milestoneId);
    if (release === undefined) return;
    const { state } = await payRelease(settlement, release, {
      marketplaceId,
      cause: `step-${count}`,
    });
    if (!('terms' in state)) return;
    const { payoutId, milestoneId } = state.terms;
    await confirmPayout(settlement, { payoutId, cause: `confirm-${count}` });
    await run({ type: 'RecordMilestonePaid', milestoneId, payoutId, at: clock.at });
  };

  const { block, unblock } = blocking({ escrow, settlement, terms, run, clock });

  return {
    take: async (step: Step): Promise<void> => {
      count += 1;
      clock.at = later(clock.at, step.hours * 3_600);
      if (step.kind === 'pay_out') return payOutNext();
      if (step.kind === 'block') return block(count);
      if (step.kind === 'unblock') return unblock(count);
      const command =
        step.kind === 'advance'
          ? nextCommand(await loadEscrow(escrow, tradeId), terms, clock.at)
          : timely(step.name, terms, clock.at);
      await run(command);
    },
    /** Everything that was ever appended, asked for again under its own cause. */
    repeatAll: () => Promise.all([...appended].map(({ command, cause }) => run(command, cause))),
    state: () => loadEscrow(escrow, tradeId),
    records: (): readonly EventRecord<TradelaneEvent>[] => [
      ...escrows.all(),
      ...payouts.all(),
      ...sellers.all(),
    ],
    escrowRecords: () => escrows.all(),
    transfers: rail.transfers,
  };
}

export type TradeModel = ReturnType<typeof tradeModel>;
