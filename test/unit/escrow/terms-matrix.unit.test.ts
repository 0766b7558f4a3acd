import type { Milestone } from '../../../events/escrow/trade-opened.v1.ts';
import type { EscrowEvent } from '../../../events/index.ts';
import type { DeadlineKind } from '../../../events/messages/deadline-passed.v1.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { money } from '../../../src/money/money.ts';
import { later, story } from '../../support/builders.ts';
import { summaryOf } from '../../support/given.ts';
import { commands, given, histories, type StateName, stateNames } from './escrow-states.ts';
import { DAY_SECONDS } from './milestones.ts';
import {
  closed,
  disputed,
  every,
  frozen,
  goesOn,
  over,
  returning,
  shipped,
  unpaid,
} from './state-groups.ts';

const { tradeId } = story.tradeOpened;
const { capturedAt } = story.escrowFunded;
const at = later(capturedAt, 60 * DAY_SECONDS);

type Terms = {
  readonly release?: Milestone['release'];
  readonly shipWithinSeconds?: number;
  readonly holdLimitSeconds?: number;
};

/** The same history of a trade that was opened on these terms. */
const on = (
  { release, ...terms }: Terms,
  history: readonly EscrowEvent[],
): readonly EscrowEvent[] =>
  history.map((event) =>
    event.type === 'TradeOpened'
      ? {
          ...event,
          ...terms,
          milestones: event.milestones.map((milestone) =>
            release === undefined ? milestone : { ...milestone, release },
          ),
        }
      : event,
  );

const pass = (deadline: DeadlineKind, dueAt: string) =>
  ({ type: 'PassDeadline', deadline, subjectId: tradeId, dueAt, at: dueAt }) as const;

const NOTHING = 'nothing';
const NOT_FOUND = 'rejected trade.not_found';
const NOT_CONVERTED = 'too early escrow.not_converted';
const NOT_BLOCKED = 'rejected escrow.not_blocked';
const RELEASED_BY_PAPER = 'DocumentPresented MilestoneReleased';
const RETURNED_AT_LIMIT = 'HoldLimitForced RefundRequested';
const RELEASED_AT_LIMIT = 'HoldLimitForced MilestoneReleased';

/** A command that needs money in hand is refused by the status of a trade that has none, or none any more. */
const refusedBy = (verb: string, taken: string): Record<StateName, string> => {
  const cannot = (status: string): string => `rejected trade.cannot_${verb}_${status}`;
  return {
    ...every(taken),
    not_opened: NOT_FOUND,
    ...unpaid(cannot('awaiting_payment')),
    canceling: cannot('canceling'),
    expiring: cannot('canceling'),
    partly_expiring: cannot('canceling'),
    ...closed(cannot('expired')),
    canceled: cannot('canceled'),
    funded: NOT_CONVERTED,
    released: cannot('released'),
    settled: cannot('settled'),
    ...returning(cannot('refunding')),
    refunded: cannot('refunded'),
    ...disputed(cannot('disputed')),
    ...frozen(cannot('charged_back')),
    chargeback_lost: cannot('charged_back'),
  };
};

/** The money of a trade that holds some, by what is known of the goods. */
const whileHeld = (undelivered: string, delivered: string): Record<StateName, string> => ({
  ...every(NOTHING),
  converted: undelivered,
  ...shipped(undelivered),
  delivered,
  ...goesOn(delivered),
});

type Case = {
  readonly command: EscrowCommand;
  readonly terms: Terms;
  readonly answers: Readonly<Record<StateName, string>>;
};

/** What only trades on certain terms know, and what finance and whoever screens say of any. */
const cases: Readonly<Record<string, Case>> = {
  PresentDocument: {
    command: {
      ...{ type: 'PresentDocument', milestoneId: 'delivery', documentType: 'bill_of_lading' },
      ...{ documentSha256: story.documentPresented.documentSha256, at },
    },
    terms: { release: { rule: 'document', documentType: 'bill_of_lading' } },
    answers: {
      ...refusedBy('release', RELEASED_BY_PAPER),
      ...over(NOTHING),
      released_charged_back: NOTHING,
    },
  },
  PassReleaseDate: {
    command: pass('release_date', at),
    terms: { release: { rule: 'date', releaseAt: at } },
    answers: whileHeld('MilestoneReleased', 'MilestoneReleased'),
  },
  RecordDispatch: {
    command: {
      type: 'RecordDispatch',
      shipmentId: story.shipmentBooked.shipmentId,
      dispatchedAt: at,
    },
    terms: { shipWithinSeconds: 5 * DAY_SECONDS },
    answers: {
      ...every('GoodsDispatched'),
      not_opened: NOTHING,
      ...unpaid(NOTHING),
      ...closed(NOTHING),
    },
  },
  PassShippingDue: {
    command: pass('shipping_due', later(capturedAt, 5 * DAY_SECONDS)),
    terms: { shipWithinSeconds: 5 * DAY_SECONDS },
    answers: whileHeld('ShippingMissed RefundRequested', NOTHING),
  },
  PassHoldWarning: {
    command: pass('hold_warning', later(capturedAt, 72 * DAY_SECONDS)),
    terms: { holdLimitSeconds: 90 * DAY_SECONDS },
    answers: {
      ...whileHeld('HoldLimitNear', 'HoldLimitNear'),
      ...disputed('HoldLimitNear'),
      charged_back: 'HoldLimitNear',
    },
  },
  PassHoldForced: {
    command: pass('hold_forced', later(capturedAt, 86 * DAY_SECONDS)),
    terms: { holdLimitSeconds: 90 * DAY_SECONDS },
    answers: {
      ...whileHeld(RETURNED_AT_LIMIT, RELEASED_AT_LIMIT),
      ...disputed('HoldLimitForced DisputeClosed RefundRequested'),
    },
  },
  EarmarkDuties: {
    command: {
      ...{ type: 'EarmarkDuties', dutyId: story.dutiesEarmarked.dutyId, at },
      amount: money('USD', 50_000n),
    },
    terms: {},
    answers: refusedBy('earmark', 'DutiesEarmarked'),
  },
  RecordDutiesPaid: {
    command: { type: 'RecordDutiesPaid', dutyId: story.dutiesEarmarked.dutyId, at },
    terms: {},
    answers: every('rejected duties.not_found'),
  },
  BlockFunds: {
    command: { type: 'BlockFunds', caseId: 'case_1', by: 'key_1', at },
    terms: {},
    answers: { ...every('FundsBlocked'), not_opened: NOT_FOUND },
  },
  ProposeUnblock: {
    command: { type: 'ProposeUnblock', ground: 'license', reference: 'L-1', by: 'key_1', at },
    terms: {},
    answers: { ...every(NOT_BLOCKED), not_opened: NOT_FOUND },
  },
  ApproveUnblock: {
    command: { type: 'ApproveUnblock', by: 'key_1', at },
    terms: {},
    answers: { ...every(NOT_BLOCKED), not_opened: NOT_FOUND },
  },
};

describe.each(Object.entries(cases))('%s', (_, { command, terms, answers }) => {
  it.each(stateNames.map((state) => ({ state, answer: answers[state] })))(
    'of a trade that is $state: $answer',
    ({ state, answer }) => {
      const { decision } = given(...on(terms, histories[state])).when(command);
      expect(summaryOf(decision)).toBe(answer);
      if (decision.kind !== 'decided') expect(decision.detail).toMatch(/^[A-Z].+\.$/);
    },
  );
});

describe('Both matrices', () => {
  const asked = [...Object.values(commands), ...Object.values(cases).map(({ command }) => command)];
  /** The compiler misses a command that is not in here, and one that is none. */
  const everyType: Readonly<Record<EscrowCommand['type'], true>> = {
    ...{ OpenTrade: true, RecordPaymentRequest: true, RecordPayment: true, RecordTransfers: true },
    ...{ ApplyReceipt: true, ConvertFunds: true, RequestCancellation: true },
    ...{ RecordPaymentClosed: true, RefuseCancellation: true, BookShipment: true },
    ...{ ConfirmDelivery: true, WithdrawDelivery: true, AcceptGoods: true, PassDeadline: true },
    ...{ RecordMilestonePaid: true, RecordMilestoneReturned: true, RequestRefund: true },
    ...{
      ValueRefund: true,
      RecordRefund: true,
      RetryRefund: true,
      TurnRefundToBank: true,
      PresentDocument: true,
    },
    ...{ EarmarkDuties: true, RecordDutiesPaid: true, RecordDispatch: true, OpenDispute: true },
    ...{ ProposeAward: true, AgreeAward: true, EscalateDispute: true, DecideDispute: true },
    ...{ WithdrawDispute: true, RecordChargeback: true, RequestResponse: true },
    ...{ BlockFunds: true, ProposeUnblock: true, ApproveUnblock: true },
  };

  it('have every command there is, in every state', () => {
    expect([...new Set(asked.map(({ type }) => type))].sort()).toEqual(
      Object.keys(everyType).sort(),
    );
  });

  it('have every deadline that an escrow knows', () => {
    const passed = asked.flatMap((one) => (one.type === 'PassDeadline' ? [one.deadline] : []));
    expect(passed).toEqual(
      expect.arrayContaining([
        ...['payment_due', 'inspection_end', 'release_date', 'shipping_due', 'hold_warning'],
        ...['hold_forced', 'dispute_escalation', 'dispute_decision', 'evidence_near'],
        'evidence_due',
      ]),
    );
  });
});
