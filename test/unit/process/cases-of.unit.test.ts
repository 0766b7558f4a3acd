import type { EscrowEvent } from '../../../events/index.ts';
import type { EventRecord } from '../../../src/platform/event-store.ts';
import { escrowStream } from '../../../src/platform/ids.ts';
import { casesOf } from '../../../src/process/cases-of.ts';
import { historyOf } from '../../../src/process/escrow-history.ts';
import { story, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';

const DAY_SECONDS = 86_400;
const limited = { ...story.tradeOpened, holdLimitSeconds: 100 * DAY_SECONDS };
const funded = [limited, story.paymentRequested, story.escrowFunded, story.fundsConverted];
const shipped = [...funded, story.shipmentBooked];
const { disputeId } = story.disputeOpened;
const { chargebackId, evidenceDueBy } = story.chargebackOpened;

const casesAfter = (...events: readonly EscrowEvent[]) =>
  casesOf(
    historyOf(
      events.map(
        (event, index) =>
          recordOf(escrowStream(tradeId), index + 1, [event]) as EventRecord<EscrowEvent>,
      ),
    ),
  );

const caseOf = (kind: string, ...events: readonly EscrowEvent[]) =>
  casesAfter(...events).find((one) => one.kind === kind);

describe('A trade that goes as it should', () => {
  it('has no case, not even its limit', () => {
    expect(casesAfter()).toEqual([]);
    expect(casesAfter(...shipped)).toEqual([]);
  });
});

describe('A dispute', () => {
  it('is due when it escalates, and says until when the sides are among themselves', () => {
    const { escalatesAt: dueAt, escalatableAt: respondBy, openedAt } = story.disputeOpened;
    expect(caseOf('dispute', ...shipped, story.disputeOpened)).toMatchObject({
      ...{ caseId: disputeId, tradeId, status: 'open', stage: 'negotiating', respondBy, openedAt },
      ...{ version: 6, reason: 'not_as_described', amount: story.tradeOpened.amount },
      deadline: { kind: 'escalation', dueAt },
    });
  });

  it('that is escalated is due when silence decides', () => {
    const events = [...shipped, story.disputeOpened, story.disputeEscalated];
    const dispute = caseOf('dispute', ...events);
    const { decideBy: dueAt } = story.disputeEscalated;
    expect(dispute).toMatchObject({ stage: 'escalated', deadline: { kind: 'decision', dueAt } });
    expect(dispute).not.toHaveProperty('respondBy');
  });

  it('stays on record when it is over, and is due no more', () => {
    const events = [...shipped, story.disputeOpened, story.disputeEscalated, story.disputeClosed];
    const { closedAt } = story.disputeClosed;
    const closed = { status: 'closed', stage: 'closed', deadline: null, closedAt };
    expect(caseOf('dispute', ...events)).toMatchObject(closed);
  });
});

describe('A chargeback', () => {
  const opened = [...shipped, story.chargebackOpened];

  it('is due when evidence is', () => {
    expect(caseOf('chargeback', ...opened)).toMatchObject({
      ...{ caseId: chargebackId, status: 'open', stage: 'unanswered' },
      ...{ reason: 'product_not_received', amount: story.chargebackOpened.amount },
      deadline: { kind: 'evidence', dueAt: evidenceDueBy },
    });
  });

  it('that is answered waits for the bank, which names no day', () => {
    expect(caseOf('chargeback', ...opened, story.chargebackResponseRequested)).toMatchObject({
      ...{ status: 'open', stage: 'answered', deadline: null },
    });
  });

  it('is closed when it is won', () => {
    const { closedAt } = story.chargebackWon;
    const events = [...opened, story.chargebackAdjusted, story.chargebackWon];
    expect(caseOf('chargeback', ...events)).toMatchObject({
      ...{ status: 'closed', stage: 'won', deadline: null, closedAt },
    });
  });

  it('is open again where the bank takes the money again', () => {
    const { withdrawn } = story.chargebackOpened;
    const again = { ...story.chargebackAdjusted, withdrawn, reopened: true } as const;
    const events = [...opened, story.chargebackAdjusted, story.chargebackWon, again];
    const reopened = caseOf('chargeback', ...events);
    expect(reopened).toMatchObject({ status: 'open', stage: 'unanswered' });
    expect(reopened).not.toHaveProperty('closedAt');
  });
});

describe('The limit of holding money', () => {
  const { capturedAt } = story.escrowFunded;
  const dayOf = (days: number): string =>
    new Date(Date.parse(capturedAt) + days * DAY_SECONDS * 1_000).toISOString();

  it('is watched once a dispute holds the money up: first its warning is due', () => {
    expect(caseOf('hold', ...shipped, story.disputeOpened)).toMatchObject({
      ...{ status: 'open', stage: 'warning', amount: story.tradeOpened.amount },
      deadline: { kind: 'hold_warning', dueAt: dayOf(80) },
    });
  });

  it('that was warned of is due when it forces the end', () => {
    expect(caseOf('hold', ...shipped, story.holdLimitNear)).toMatchObject({
      ...{ stage: 'forced', deadline: { kind: 'hold_forced', dueAt: dayOf(95) } },
    });
  });

  it('is over when nothing is held any more', () => {
    const ended = [story.holdLimitNear, story.deliveryConfirmed, story.milestoneReleased];
    const over = caseOf('hold', ...shipped, ...ended);
    expect(over).toMatchObject({ status: 'closed', deadline: null });
    expect(over?.amount.amountMinor).toBe(0n);
  });

  it('is no case where the trade has no limit', () => {
    const events = shipped.map((event) =>
      event.type === 'TradeOpened' ? story.tradeOpened : event,
    );
    expect(caseOf('hold', ...events, story.disputeOpened)).toBeUndefined();
  });
});
