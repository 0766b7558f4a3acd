import { TreasuryEvent } from '../../../events/index.ts';
import { RecordMovement } from '../../../events/ledger/record-movement.v1.ts';
import { toJson } from '../../../src/platform/json.ts';
import { movementOf } from '../../../src/process/movement-of.ts';
import { bodyOf, sample, story } from '../../support/builders.ts';

describe('A movement that finance reports', () => {
  it('is the treasury’s event', () => {
    expect(movementOf(sample(RecordMovement, 'ledger/record-movement'))).toEqual(
      story.ownFundsMoved,
    );
  });

  it.each([
    ['psp_payout_received', story.pspPayoutReceived],
    ['psp_topped_up', story.pspToppedUp],
    ['own_funds_moved', story.ownFundsMoved],
    ['cover_traded', story.coverTraded],
    ['receipt_suspended', story.receiptSuspended],
    ['receipt_identified', story.receiptIdentified],
  ] as const)('of kind %s reads and writes as its sample', (kind, event) => {
    const body = JSON.parse(toJson({ kind, ...bodyOf<typeof event>(event) }));
    const movement = movementOf(RecordMovement.parse(body));
    expect(movement).toEqual(event);
    expect(TreasuryEvent.parse(JSON.parse(toJson(movement)))).toEqual(event);
  });

  it('has a reference with check digits in its electronic form', () => {
    const body = bodyOf<typeof story.receiptSuspended>(story.receiptSuspended);
    const movementId = (reference: string) =>
      movementOf({ kind: 'receipt_suspended', ...body, movementId: reference });
    expect(movementId('rf18539007547034')).toMatchObject({ movementId: 'RF18539007547034' });
    expect(movementId('inv-7')).toMatchObject({ movementId: 'inv-7' });
  });

  it('is carried in the currency that was sold, or refused', () => {
    const { type: _, version: __, ...cover } = story.coverTraded;
    const body = { kind: 'cover_traded', ...cover, carried: cover.bought };
    const result = RecordMovement.safeParse(JSON.parse(toJson(body)));
    expect(result.error?.issues).toMatchObject([{ path: ['carried', 'currency'] }]);
  });
});
