import type { TreasuryEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { money } from '../../../src/money/money.ts';
import { isCodedError } from '../../../src/platform/errors.ts';
import {
  decideMovement,
  evolveMovement,
  movementEvolution,
} from '../../../src/treasury/movement.ts';
import { recordMovement } from '../../../src/treasury/record-movement.ts';
import { marketplaceId, story } from '../../support/builders.ts';
import { specification } from '../../support/given.ts';

const { given } = specification({ evolution: movementEvolution, decide: decideMovement });
const record = (movement: TreasuryEvent) => ({ type: 'RecordMovement', movement }) as const;

const { ownFundsMoved, receiptSuspended, receiptIdentified, coverTraded } = story;

describe('A movement of money outside any trade', () => {
  it.each([story.pspPayoutReceived, ownFundsMoved, coverTraded, receiptSuspended])(
    'is recorded once: $type',
    (movement) => {
      given().when(record(movement)).thenEvents(movement);
      given(movement).when(record(movement)).thenNothing();
      const seenLater = { ...movement, occurredAt: '2026-12-01T00:00:00.000Z' };
      given(movement).when(record(seenLater)).thenNothing();
    },
  );

  it('is refused where another stands under its id', () => {
    const other = { ...ownFundsMoved, amount: money('EUR', 1n) };
    given(ownFundsMoved).when(record(other)).thenRejected('movement.already_recorded');
    const receipt = { ...receiptSuspended, amount: money('USD', 1n) };
    given(receiptSuspended).when(record(receipt)).thenRejected('movement.already_suspended');
    given(receiptSuspended, receiptIdentified)
      .when(record(receiptSuspended))
      .thenRejected('movement.already_identified');
  });
});

describe('A reference that a line has which a person made something of', () => {
  const { referenceTaken, pspPayoutReceived, pspPayoutAnnounced } = story;
  const movementId = referenceTaken.movementId;
  const refused = 'movement.reference_taken';

  it('is taken once, unless something is booked under it', () => {
    given().when(record(referenceTaken)).thenEvents(referenceTaken);
    given(referenceTaken)
      .when(record({ ...referenceTaken, lineId: 'lin_other' }))
      .thenNothing();
    given(receiptSuspended).when(record(referenceTaken)).thenNothing();
  });

  it('books nothing else', () => {
    for (const movement of [
      ownFundsMoved,
      receiptSuspended,
      receiptIdentified,
      pspPayoutReceived,
    ]) {
      given(referenceTaken)
        .when(record({ ...movement, movementId }))
        .thenRejected(refused);
    }
    given(referenceTaken)
      .when({ ...record({ ...ownFundsMoved, movementId }), byLine: true })
      .thenRejected(refused);
  });

  it('does not keep a provider’s payout from being announced, and from coming by another line', () => {
    const announced = { ...pspPayoutAnnounced, movementId };
    given(referenceTaken).when(record(announced)).thenEvents(announced);
    const received = { ...pspPayoutReceived, movementId };
    given(referenceTaken)
      .when({ ...record(received), byLine: true })
      .thenEvents(received);
    given(referenceTaken, received).when(record(received)).thenNothing();
  });

  it('does not keep a refund from coming back by another line', () => {
    const returned = { ...story.refundReturned, movementId };
    given(referenceTaken)
      .when({ ...record(returned), byLine: true })
      .thenEvents(returned);
    given(referenceTaken).when(record(returned)).thenRejected(refused);
  });
});

describe('A receipt in suspense', () => {
  it('is identified once, for its whole amount', () => {
    given(receiptSuspended).when(record(receiptIdentified)).thenEvents(receiptIdentified);
    given(receiptSuspended, receiptIdentified).when(record(receiptIdentified)).thenNothing();
    const short = { ...receiptIdentified, amount: money('USD', 249_999n) };
    given(receiptSuspended).when(record(short)).thenRejected('movement.amount_differs');
  });

  it('that was released is suspended again by its line alone, and identified then', () => {
    const { receiptReleased } = story;
    const { movementId, amount } = receiptReleased;
    const again = { ...receiptSuspended, movementId, amount };
    const history = [again, receiptReleased];
    given(...history)
      .when(record(again))
      .thenRejected('movement.already_released');
    given(...history)
      .when({ ...record(again), byLine: true })
      .thenEvents(again);
    given(...history, again)
      .when(record({ ...receiptIdentified, movementId, amount }))
      .thenEvents({ ...receiptIdentified, movementId, amount });
  });

  it('is not identified for another trade afterwards', () => {
    const other = { ...receiptIdentified, tradeId: 'trd_other' };
    given(receiptSuspended, receiptIdentified)
      .when(record(other))
      .thenRejected('movement.cannot_identify_identified');
  });

  it.each([
    { what: 'never came', history: [], status: 'not_recorded' },
    { what: 'is another movement', history: [ownFundsMoved], status: 'recorded' },
  ])('that $what is not identified', ({ history, status }) => {
    given(...history)
      .when(record(receiptIdentified))
      .thenRejected(`movement.cannot_identify_${status}`);
  });
});

describe('A history of movements', () => {
  const codeOf = (...events: readonly TreasuryEvent[]) => {
    try {
      events.reduce(evolveMovement, movementEvolution.initial);
      return undefined;
    } catch (error) {
      return isCodedError(error) ? error.code : 'not a defect';
    }
  };

  it('that was never decided is refused', () => {
    expect(codeOf(receiptIdentified)).toBe('treasury.illegal_history');
    expect(codeOf(ownFundsMoved, ownFundsMoved)).toBe('treasury.illegal_history');
    expect(codeOf(ownFundsMoved, receiptIdentified)).toBe('treasury.illegal_history');
    expect(codeOf(receiptSuspended, receiptIdentified)).toBeUndefined();
  });
});

describe('Recording a movement', () => {
  it('books it under its own stream, once', async () => {
    const records = inMemoryRecordStore<TreasuryEvent>();
    const ports = { store: journaledStore(records), now: () => new Date('2026-08-25T12:00:00Z') };
    const request = (cause: string) =>
      recordMovement(ports, ownFundsMoved, { marketplaceId, cause });
    expect((await request('api#1')).kind).toBe('appended');
    expect((await request('api#2')).kind).toBe('unchanged');
    expect(records.all()).toMatchObject([
      {
        streamId: `treasury#${ownFundsMoved.movementId}`,
        tradeId: ownFundsMoved.movementId,
        marketplaceId,
        journal: [{ kind: 'own_funds_top_up' }],
      },
    ]);
  });
});

describe('A payout that the provider announces', () => {
  const { pspPayoutAnnounced: announced, pspPayoutCalledOff: calledOff } = story;
  const { traceId: _, ...unnamed } = announced;

  it('is announced once, and again once the bank’s name of it is known', () => {
    given().when(record(unnamed)).thenEvents(unnamed);
    given(unnamed).when(record(unnamed)).thenNothing();
    given(unnamed).when(record(announced)).thenEvents(announced);
    given(unnamed, announced).when(record(unnamed)).thenNothing();
    given(unnamed, announced).when(record(announced)).thenNothing();
  });

  it('is called off once, and not announced again', () => {
    given(announced).when(record(calledOff)).thenEvents(calledOff);
    given(announced, calledOff).when(record(calledOff)).thenNothing();
    given(announced, calledOff).when(record(announced)).thenNothing();
  });

  it('is nothing where it was called off before we heard of it', () => {
    given().when(record(calledOff)).thenNothing();
  });
});
