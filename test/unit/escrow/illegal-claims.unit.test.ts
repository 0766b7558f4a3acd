import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { histories, part } from './escrow-states.ts';
import { type Case, held, isLegal, isRefused, stateAfter } from './illegal.ts';
import { sampleAndBulk, shippedWith } from './milestones.ts';

/**
 * What no decision writes is refused when it is read, to the last minor unit: what is refused stands beside
 * the last that is legal.
 */
const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);
const { delivered } = histories;
const twoParts = [...shippedWith(sampleAndBulk), story.deliveryConfirmed];
const taken = (net: bigint, fee: bigint) => [
  { milestoneId: 'delivery', held: usd(0n), net: usd(net), fee: usd(fee) },
];

describe('The refunds of a history', () => {
  const { refundRequested: requested, refundSubmitted: submitted, refundRetried: retried } = story;
  const { received } = story.escrowFunded;
  const second = { ...requested, refundId: 'rfd_2' };
  const { released } = histories;
  const failed = histories.refund_failed;
  const over = { ...second, reason: 'overpayment' as const, parts: [] };
  const beside = { ...part, added: eur(500n), received: eur(500n) };
  const funded = [...delivered, beside];

  it.each<Case>([
    ['all of the payment', delivered, { ...requested, amount: received }],
    ['all that is held', delivered, { ...requested, parts: held(1_150_000n) }],
    ['all of a release', released, { ...requested, parts: taken(1_121_250n, 28_750n) }],
    ['the rest', [...delivered, requested], { ...second, parts: held(1_035_000n) }],
    ['what was paid too much', funded, { ...over, amount: eur(500n) }],
  ])('may take %s', isLegal);

  it.each<Case>([
    ['more than the payment', delivered, { ...requested, amount: eur(1_024_675n) }],
    ['of another currency', delivered, { ...requested, amount: usd(1n) }],
    ['more than is held', delivered, { ...requested, parts: held(1_150_001n) }],
    ['more than the net', released, { ...requested, parts: taken(1_121_251n, 0n) }],
    ['more than the fee', released, { ...requested, parts: taken(0n, 28_751n) }],
    ['more than the rest', [...delivered, requested], { ...second, parts: held(1_035_001n) }],
    ['of no milestone', delivered, { ...requested, parts: held(1n, 'other') }],
    [
      'of a later milestone too much',
      twoParts,
      {
        ...requested,
        parts: [...held(1n, 'sample'), ...held(690_001n, 'bulk')],
      },
    ],
    ['anything twice', [...delivered, requested], requested],
    ['what is not converted', histories.funded, { ...requested, parts: held(1n) }],
    ['more than was too much', funded, { ...over, amount: eur(501n) }],
    ['what was too much of a milestone', funded, { ...over, amount: eur(1n), parts: held(1n) }],
    [
      'what was too much twice',
      [...funded, { ...over, amount: eur(500n) }],
      { ...over, refundId: 'rfd_3', amount: eur(1n) },
    ],
    ['another attempt', histories.refund_valued, { ...submitted, attempt: 2 }],
    ['an attempt that skips one', failed, { ...retried, attempt: 3 }],
    ['the same attempt again', failed, { ...retried, attempt: 1 }],
    [
      'a step that is another one’s',
      histories.refunding,
      {
        ...story.refundValued,
        refundId: 'rfd_2',
      },
    ],
  ])('never take %s', isRefused);
});

describe('What goes back of no milestone', () => {
  const { refundRequested: requested, refundCanceled: canceled } = story;
  const over = { ...requested, reason: 'overpayment' as const, parts: [], amount: eur(500n) };
  const beside = { ...part, added: eur(500n), received: eur(500n) };
  const second = { ...over, refundId: 'rfd_2' };
  const late = { ...second, reason: 'underpayment' as const, amount: eur(1n) };

  it.each<Case>([
    ['after it was called off', [...delivered, beside, over, canceled], second],
    ['of a closed trade that got more', [...histories.partly_expired, moreOf(1n)], late],
  ])('may go %s', isLegal);

  it.each<Case>([
    ['before the conversion', histories.funded, { ...requested, parts: [] }],
    ['of a closed trade twice', histories.partly_expired, late],
    [
      'of a closed trade twice, as too much',
      histories.partly_expired,
      {
        ...late,
        reason: 'overpayment',
      },
    ],
  ])('never goes %s', isRefused);
});

/** What comes of a part that had come before. */
function moreOf(minor: bigint) {
  return { ...part, added: eur(minor), received: eur(part.received.amountMinor + minor) };
}

describe('Several refunds', () => {
  const { refundRequested: requested, refundSubmitted: submitted, refundRetried: retried } = story;
  const second = { ...requested, refundId: 'rfd_2' };
  const failed = histories.refund_failed;

  it('go on each by its own events', () => {
    const valued = { ...story.refundValued, refundId: 'rfd_2' };
    const { refunds } = stateAfter([...delivered, requested, second, valued]);
    expect(refunds).toEqual([
      {
        ...{ refundId: requested.refundId, amount: requested.amount, parts: requested.parts },
        ...{ reason: 'marketplace', from: 'charge', attempt: 1, status: 'requested' },
        ...{ valuation: null, providerRefundId: null, booking: null },
      },
      expect.objectContaining({
        ...{ refundId: 'rfd_2', status: 'valued' },
        valuation: { midValue: valued.midValue, spread: valued.spread },
      }),
    ]);
    expect(stateAfter(histories.refunded).refunds).toMatchObject([
      {
        status: 'settled',
        providerRefundId: submitted.providerRefundId,
        booking: { fee: usd(0n) },
      },
    ]);
    expect(stateAfter([...histories.refunded, story.refundFailed]).refunds).toMatchObject([
      { status: 'failed', booking: null },
    ]);
    expect(stateAfter([...failed, retried]).refunds).toMatchObject([
      { status: 'valued', attempt: 2, valuation: { spread: story.fundsConverted.spread } },
    ]);
    expect(stateAfter([...delivered, requested, story.refundCanceled]).refunds).toMatchObject([
      { status: 'canceled' },
    ]);
  });
});

describe('The claims of a history', () => {
  const { disputeOpened: opened, disputeClosed: closed, chargebackLost: lost } = story;
  const { disputed, escalated, charged_back: frozen } = histories;
  const award = (minor: bigint) => ({ ...closed, toBuyer: usd(minor) });
  const both = [
    ...[...twoParts, { ...opened, milestoneIds: ['sample'] }],
    { ...opened, disputeId: 'dsp_2', milestoneIds: ['bulk'] },
  ];
  const tooMuch = { amount: eur(500n), withdrawn: usd(570n) };
  const beside = { ...part, added: eur(500n), received: eur(500n) };
  const overpaid = [...delivered, beside, story.chargebackOpened];

  it.each<Case>([
    ['award all', escalated, award(1_150_000n)],
    ['award all of their own milestone', both, award(460_000n)],
    ['take all that was too much', overpaid, { ...lost, unapplied: tooMuch }],
    ['be told of late', histories.chargeback_won, { ...story.chargebackAdjusted, isClosed: true }],
  ])('may %s', isLegal);

  it.each<Case>([
    ['award more', escalated, award(1_150_001n)],
    ['award of another milestone', both, award(460_001n)],
    [
      'are opened twice',
      [...twoParts, { ...opened, milestoneIds: ['sample'] }],
      {
        ...opened,
        milestoneIds: ['bulk'],
      },
    ],
    ['are about what is disputed', disputed, { ...opened, disputeId: 'dsp_2' }],
    [
      'are about what is disputed in part',
      [...[...twoParts, { ...opened, milestoneIds: ['sample'] }]],
      { ...opened, disputeId: 'dsp_2', milestoneIds: ['bulk', 'sample'] },
    ],
    ['are closed twice', [...escalated, award(0n)], award(0n)],
    ['escalate twice', escalated, story.disputeEscalated],
    ['take more than the payment', frozen, { ...lost, covered: eur(1_024_675n) }],
    ['take more than is held', frozen, { ...lost, parts: held(1_150_001n) }],
    [
      'take more than was too much',
      overpaid,
      { ...lost, unapplied: { ...tooMuch, amount: eur(501n) } },
    ],
    ['are lost twice', histories.chargeback_lost, { ...lost, parts: [], covered: eur(0n) }],
    ['are lost after they were won', histories.chargeback_won, lost],
    ['are won twice', histories.chargeback_won, story.chargebackWon],
    ['are adjusted as if they were over', frozen, { ...story.chargebackAdjusted, isClosed: true }],
    ['are adjusted as if they were not', histories.chargeback_won, story.chargebackAdjusted],
  ])('never %s', isRefused);

  it('go on each by its own events', () => {
    const { disputes } = stateAfter([...both, { ...story.disputeEscalated, disputeId: 'dsp_2' }]);
    expect(disputes.map(({ stage, decideBy }) => [stage, decideBy])).toEqual([
      ['negotiating', null],
      ['escalated', story.disputeEscalated.decideBy],
    ]);
    const next = { ...story.chargebackOpened, chargebackId: 'du_2' };
    const adjusted = { ...story.chargebackAdjusted, chargebackId: 'du_2', withdrawn: usd(7n) };
    const { chargebacks } = stateAfter([...frozen, next, adjusted]);
    expect(chargebacks).toMatchObject([
      { withdrawn: usd(1_160_000n), reinstated: usd(0n) },
      { withdrawn: usd(1_160_007n), reinstated: usd(1_160_000n) },
    ]);
  });

  it('took of a lost chargeback what it says', () => {
    const { covered, parts, spread } = lost;
    expect(stateAfter([...overpaid, { ...lost, unapplied: tooMuch }]).chargebacks).toMatchObject([
      { status: 'lost', taken: { covered, parts, spread, unapplied: eur(500n) } },
    ]);
    expect(stateAfter([...frozen, lost]).chargebacks[0]?.taken).toStrictEqual({
      ...{ covered, parts, spread, disputed: covered },
    });
  });
});
