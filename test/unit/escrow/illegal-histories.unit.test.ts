import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { histories, part, receipt } from './escrow-states.ts';
import { type Case, held, isLegal, isRefused, stateAfter } from './illegal.ts';
import { releaseOf, sampleAndBulk, shippedWith } from './milestones.ts';

/**
 * What no decision writes is refused when it is read, to the last minor unit: what is refused stands beside
 * the last that is legal.
 */
const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);
const { delivered } = histories;
const twoParts = [...shippedWith(sampleAndBulk), story.deliveryConfirmed];

describe('The duties of a history', () => {
  const { dutiesEarmarked: earmarked, dutiesReleased: released, dutiesPaid: paid } = story;
  const set = [...delivered, earmarked];
  const other = { ...earmarked, dutyId: 'dty_2' };
  const ofSample = { ...earmarked, parts: held(50_000n, 'sample') };

  it.each<Case>([
    ['all that is held', delivered, { ...earmarked, parts: held(1_150_000n) }],
    ['all that is left', set, { ...other, parts: held(1_100_000n) }],
    [
      'given back to one milestone while another is released',
      [...twoParts, { ...earmarked, parts: held(50_000n, 'bulk') }, releaseOf('sample')],
      { ...released, parts: held(20_000n, 'bulk') },
    ],
    ['all of them given back', set, { ...released, parts: held(50_000n) }],
  ])('may be %s', isLegal);

  it.each<Case>([
    ['more than is held', delivered, { ...earmarked, parts: held(1_150_001n) }],
    ['more than is left', set, { ...other, parts: held(1_100_001n) }],
    ['set aside twice', set, earmarked],
    ['paid twice', [...set, paid], paid],
    ['paid where others are set aside', set, { ...paid, dutyId: 'dty_2' }],
    ['given back after they are paid', [...set, paid], released],
    ['given back beyond themselves', set, { ...released, parts: held(50_001n) }],
    [
      'given back to another milestone',
      [...twoParts, ofSample],
      { ...released, parts: held(20_000n, 'bulk') },
    ],
    [
      'given back to a milestone that is released',
      [...set, { ...story.milestoneReleased, amount: usd(1_100_000n) }],
      released,
    ],
    [
      'given back beyond themselves to one of two milestones',
      [...twoParts, { ...earmarked, parts: [...held(1n, 'sample'), ...held(2n, 'bulk')] }],
      { ...released, parts: [...held(1n, 'sample'), ...held(3n, 'bulk')] },
    ],
    [
      'given back to two milestones of which one is released',
      [
        ...[...twoParts, { ...earmarked, parts: [...held(1n, 'sample'), ...held(2n, 'bulk')] }],
        releaseOf('sample', { amount: usd(459_999n) }),
      ],
      { ...released, parts: [...held(1n, 'sample'), ...held(2n, 'bulk')] },
    ],
    ['paid once all is given back', [...set, { ...released, amount: usd(50_000n) }], paid],
  ])('are never %s', isRefused);

  it('are left what was not given back, each its own', () => {
    const both = [
      ...[...twoParts, ofSample],
      { ...other, parts: [...held(30_000n, 'sample'), ...held(20_000n, 'bulk')] },
    ];
    const back = { ...released, dutyId: 'dty_2', parts: held(20_000n, 'bulk') };
    expect(stateAfter([...both, back]).duties).toEqual([
      { dutyId: earmarked.dutyId, amount: usd(50_000n), parts: ofSample.parts, paid: false },
      { dutyId: 'dty_2', amount: usd(30_000n), parts: held(30_000n, 'sample'), paid: false },
    ]);
    expect(stateAfter([...both, paid]).duties.map((duty) => duty.paid)).toEqual([true, false]);
    const all = { ...released, amount: usd(50_000n), parts: held(50_000n, 'sample') };
    expect(stateAfter([...both, all]).duties[0]).toMatchObject({ parts: [], paid: true });
  });
});

describe('The payments of a history', () => {
  const { milestonePaid: paid, milestonePaymentReturned: returned } = story;
  const { released } = histories;
  const again = { ...paid, attempt: 2 };

  it.each<Case>([
    ['paid again by a later attempt', [...released, paid], again],
    ['returned of the later attempt', [...released, paid, again], { ...returned, attempt: 2 }],
    [
      'parts of which the sum grows',
      histories.partly_paid,
      {
        ...part,
        added: eur(1n),
        received: eur(400_001n),
      },
    ],
    [
      'two receipts',
      [...histories.payment_requested, receipt],
      {
        ...receipt,
        reference: 'camt-2',
        received: eur(600_000n),
      },
    ],
  ])('may be %s', isLegal);

  it.each<Case>([
    ['paid again by the same attempt', [...released, paid], paid],
    ['returned of an older attempt', [...released, paid, again], returned],
    ['returned twice', [...released, paid, returned], returned],
    ['parts that do not sum', histories.partly_paid, { ...part, added: eur(1n) }],
    [
      'one receipt twice',
      [...histories.payment_requested, receipt],
      {
        ...receipt,
        received: eur(600_000n),
      },
    ],
    [
      'a release of less than is held',
      delivered,
      {
        ...story.milestoneReleased,
        amount: usd(1_149_999n),
      },
    ],
    [
      'a release of what is disputed',
      [...twoParts, { ...story.disputeOpened, milestoneIds: ['sample'] }],
      releaseOf('sample'),
    ],
    ['converted twice', histories.converted, story.fundsConverted],
    ['booked before they are converted', histories.funded, story.shipmentBooked],
    ['dispatched twice', [...delivered, story.goodsDispatched], story.goodsDispatched],
    ['warned of twice', [...delivered, story.holdLimitNear], story.holdLimitNear],
    ['settled twice', histories.settled, story.tradeSettled],
  ])('are never %s', isRefused);
});

describe('Several payments of a history', () => {
  const { milestonePaid: paid, milestonePaymentReturned: returned } = story;

  it('leave beside the payment what came the other way', () => {
    const { received } = story.escrowFunded;
    const byCharge = [...histories.payment_requested, receipt, story.escrowFunded];
    expect(stateAfter(byCharge)).toMatchObject({ unapplied: receipt.added, payment: { received } });
    const { receivedAt: capturedAt } = receipt;
    const receipts = { ...story.escrowFunded, receiptIds: ['camt-1', 'camt-2'], capturedAt };
    expect(stateAfter([...histories.partly_paid, receipts])).toMatchObject({
      unapplied: part.received,
      parts: { transferred: part.received, receipts: eur(0n), receiptIds: ['camt-1', 'camt-2'] },
    });
    const more = { ...story.escrowFunded, received: eur(1_024_700n), unused: eur(5n) };
    expect(stateAfter([...histories.payment_requested, more])).toMatchObject({
      ...{ unapplied: eur(31n), payment: { received }, parts: { transferred: eur(5n) } },
    });
  });

  it('are paid and returned each milestone for itself', () => {
    const both = [...twoParts, releaseOf('sample'), releaseOf('bulk')];
    const of = (milestoneId: string) => ({ ...paid, milestoneId });
    const state = stateAfter([...both, of('sample'), of('bulk'), { ...of('sample'), attempt: 2 }]);
    expect(state).toMatchObject({
      paidMilestoneIds: ['sample', 'bulk'],
      paidAttempts: { sample: 2, bulk: 1 },
    });
    const back = { ...returned, milestoneId: 'sample', attempt: 2 };
    const settled = [...both, of('sample'), of('bulk'), story.tradeSettled];
    expect(stateAfter([...settled, { ...back, attempt: 1 }])).toMatchObject({
      ...{ status: 'released', paidMilestoneIds: ['bulk'], settled: false },
    });
  });
});
