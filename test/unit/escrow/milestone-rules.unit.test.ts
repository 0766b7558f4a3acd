import type { Milestone } from '../../../events/escrow/trade-opened.v1.ts';
import type { EscrowEvent } from '../../../events/index.ts';
import { money } from '../../../src/money/money.ts';
import { canonicalJson, dutyIdFor, sha256Hex } from '../../../src/platform/ids.ts';
import { later, story } from '../../support/builders.ts';
import { commands, given, histories } from './escrow-states.ts';
import { passInspectionEnd, sampleAndBulk, shippedWith } from './milestones.ts';

const usd = (minor: bigint) => money('USD', minor);
const releaseAt = '2026-07-05T00:00:00.000Z';

/** The story's trade in two parts, of which the first has that rule. */
const withRule = (release: Milestone['release']): readonly EscrowEvent[] =>
  shippedWith(
    sampleAndBulk.map((milestone, index) =>
      index === 0 && release !== undefined ? { ...milestone, release } : milestone,
    ),
  );
const document = withRule({ rule: 'document', documentType: 'bill_of_lading' });
const date = withRule({ rule: 'date', releaseAt });
const present = {
  type: 'PresentDocument',
  milestoneId: 'sample',
  documentType: 'bill_of_lading',
  documentSha256: story.documentPresented.documentSha256,
  at: story.documentPresented.presentedAt,
} as const;

describe('A milestone that waits for a document', () => {
  it('is released by it, with the evidence and its hash', () => {
    const { decision } = given(...document).when(present);
    if (decision.kind !== 'decided') throw new Error(decision.code);
    const [presented, released] = decision.events;
    expect(presented).toEqual({ ...story.documentPresented, milestoneId: 'sample' });
    expect(released).toMatchObject({
      ...{ type: 'MilestoneReleased', rule: 'document_presented', amount: usd(460_000n) },
      evidence: {
        rule: 'document_presented',
        documentSha256: present.documentSha256,
        milestoneId: 'sample',
      },
    });
    const evidence = released?.type === 'MilestoneReleased' ? released.evidence : undefined;
    expect(released).toHaveProperty('evidenceSha256', sha256Hex(canonicalJson(evidence)));
    given(...document, ...decision.events)
      .when(present)
      .thenNothing();
  });

  it('is not released by the inspection, but by the buyer’s word', () => {
    const delivered = [...document, story.deliveryConfirmed];
    expect(given(...delivered).when(commands.PassInspectionEnd).decision).toMatchObject({
      events: [{ milestoneId: 'bulk' }],
    });
    expect(given(...delivered).when(commands.AcceptGoods).decision).toMatchObject({
      events: [{ milestoneId: 'sample' }, { milestoneId: 'bulk' }],
    });
  });

  it('takes no other paper, and no other milestone takes one', () => {
    const other = { ...present, documentType: 'air_waybill' } as const;
    given(...document)
      .when(other)
      .thenRejected('document.wrong_type');
    given(...document)
      .when({ ...present, milestoneId: 'bulk' })
      .thenRejected('document.not_awaited');
    given(...document)
      .when({ ...present, milestoneId: 'none' })
      .thenRejected('document.not_awaited');
  });

  it('is not released while it is disputed, frozen, unpaid or refunded', () => {
    const disputed = { ...story.disputeOpened, milestoneIds: ['sample'] };
    given(...document, disputed)
      .when(present)
      .thenRejected('trade.cannot_release_disputed');
    given(...document, story.chargebackOpened)
      .when(present)
      .thenRejected('trade.cannot_release_charged_back');
    given(...document.slice(0, 2))
      .when(present)
      .thenRejected('trade.cannot_release_awaiting_payment');
    given(...document.slice(0, 3))
      .when(present)
      .thenTooEarly('escrow.not_converted');
    given().when(present).thenRejected('trade.not_found');
    const all = given(...document).when(commands.RequestRefund).decision;
    const refunding = [...document, ...(all.kind === 'decided' ? all.events : [])];
    given(...refunding)
      .when(present)
      .thenRejected('trade.cannot_release_refunding');
  });
});

describe('A milestone with a day', () => {
  const onTheDay = { ...passInspectionEnd(releaseAt), deadline: 'release_date' } as const;

  it('is released on it, delivered or not', () => {
    expect(given(...date).when(onTheDay).decision).toMatchObject({
      events: [
        {
          milestoneId: 'sample',
          rule: 'date_reached',
          evidence: { rule: 'date_reached', releaseAt },
        },
      ],
    });
    expect(given(...date.slice(0, 4)).when(onTheDay).decision).toMatchObject({
      events: [{ milestoneId: 'sample', rule: 'date_reached' }],
    });
  });

  it('is not released before it', () => {
    const early = later(releaseAt, -1);
    given(...date)
      .when({ ...onTheDay, dueAt: early, at: early })
      .thenNothing();
  });
});

describe('A milestone that only the buyer releases', () => {
  it('is released by nothing else', () => {
    const acceptance = [...withRule({ rule: 'acceptance' }), story.deliveryConfirmed];
    expect(given(...acceptance).when(commands.PassInspectionEnd).decision).toMatchObject({
      events: [{ milestoneId: 'bulk' }],
    });
  });

  it('keeps the buyer’s word as evidence', () => {
    const evidence = { rule: 'buyer_accepted', requestId: 'req-1' };
    expect(
      given(...histories.delivered).when({ ...commands.AcceptGoods, evidence }).decision,
    ).toMatchObject({
      events: [{ rule: 'buyer_accepted', evidence }],
    });
  });
});

const earmark = {
  type: 'EarmarkDuties',
  dutyId: story.dutiesEarmarked.dutyId,
  amount: usd(50_000n),
  at: story.dutiesEarmarked.earmarkedAt,
} as const;
const payDuties = {
  type: 'RecordDutiesPaid',
  dutyId: earmark.dutyId,
  at: story.dutiesPaid.paidAt,
} as const;

describe('Duties', () => {
  it('are set aside of what is held, so that the rest is released', () => {
    given(...histories.delivered)
      .when(earmark)
      .thenEvents(story.dutiesEarmarked);
    expect(
      given(...histories.delivered, story.dutiesEarmarked).when(commands.PassInspectionEnd)
        .decision,
    ).toMatchObject({
      events: [{ amount: usd(1_100_000n) }],
    });
  });

  it('are never more than is held and not disputed', () => {
    given(...histories.delivered)
      .when({ ...earmark, amount: usd(1_150_001n) })
      .thenRejected('duties.exceed_held');
    given(...histories.delivered)
      .when({ ...earmark, amount: money('EUR', 1n) })
      .thenRejected('duties.exceed_held');
    given(...histories.disputed)
      .when(earmark)
      .thenRejected('trade.cannot_earmark_disputed');
    given(...histories.charged_back)
      .when(earmark)
      .thenRejected('trade.cannot_earmark_charged_back');
    given(...histories.released)
      .when(earmark)
      .thenRejected('trade.cannot_earmark_released');
    given(...histories.opened)
      .when(earmark)
      .thenRejected('trade.cannot_earmark_awaiting_payment');
    given(...histories.funded)
      .when(earmark)
      .thenTooEarly('escrow.not_converted');
    given().when(earmark).thenRejected('trade.not_found');
  });

  it('are set aside and paid once', () => {
    const set = [...histories.delivered, story.dutiesEarmarked];
    given(...set)
      .when(earmark)
      .thenNothing();
    given(...set)
      .when({ ...earmark, amount: usd(1n) })
      .thenRejected('duties.id_reused');
    given(...set)
      .when(payDuties)
      .thenEvents(story.dutiesPaid);
    given(...set, story.dutiesPaid)
      .when(payDuties)
      .thenNothing();
    given(...histories.delivered)
      .when(payDuties)
      .thenRejected('duties.not_found');
    given().when(payDuties).thenRejected('duties.not_found');
  });
});

describe('Duties as they were billed', () => {
  const set = [...histories.delivered, story.dutiesEarmarked];
  const billed = (minor: bigint) => ({ ...payDuties, billed: usd(minor) });

  it('give back what was set aside too much, in the decision that pays the rest', () => {
    given(...set)
      .when({ ...billed(30_000n), at: story.dutiesReleased.releasedAt })
      .thenEvents(story.dutiesReleased, {
        ...story.dutiesPaid,
        amount: usd(30_000n),
        paidAt: story.dutiesReleased.releasedAt,
      });
    const paid = { ...story.dutiesPaid, amount: usd(30_000n) };
    expect(
      given(...set, story.dutiesReleased, paid).when(commands.PassInspectionEnd).decision,
    ).toMatchObject({ events: [{ amount: usd(1_120_000n) }] });
  });

  it('are over where nothing was billed', () => {
    const { decision } = given(...set).when(billed(0n));
    expect(decision).toMatchObject({ events: [{ type: 'DutiesReleased', amount: usd(50_000n) }] });
    if (decision.kind !== 'decided') throw new Error(decision.code);
    given(...set, ...decision.events)
      .when(billed(0n))
      .thenNothing();
  });

  it('take what is billed beyond of what is held, as duties of their own', () => {
    const { decision } = given(...set).when(billed(61_240n));
    expect(decision).toMatchObject({
      events: [
        { type: 'DutiesPaid', dutyId: payDuties.dutyId, amount: usd(50_000n) },
        { type: 'DutiesEarmarked', amount: usd(11_240n) },
        { type: 'DutiesPaid', amount: usd(11_240n) },
      ],
    });
    if (decision.kind !== 'decided') throw new Error(decision.code);
    expect(
      given(...set, ...decision.events).when(commands.PassInspectionEnd).decision,
    ).toMatchObject({ events: [{ amount: usd(1_088_760n) }] });
  });

  it('are never more than is held, nor in another currency', () => {
    given(...set)
      .when(billed(1_150_001n))
      .thenRejected('duties.exceed_held');
    given(...set)
      .when({ ...payDuties, billed: money('EUR', 1n) })
      .thenRejected('duties.currency_mismatch');
  });

  it('give nothing back to a milestone that is released', () => {
    const { decision } = given(...set).when(commands.PassInspectionEnd);
    if (decision.kind !== 'decided') throw new Error(decision.code);
    given(...set, ...decision.events)
      .when(billed(30_000n))
      .thenRejected('duties.milestone_released');
    given(...set, ...decision.events)
      .when(billed(50_000n))
      .thenEvents(story.dutiesPaid);
  });
});

describe('The duties that a seller is likely to pay', () => {
  const trade = { ...story.tradeOpened, incoterm: 'DDP' as const, dutyEstimate: usd(60_000n) };
  const funded = [trade, ...histories.funded.slice(1)];

  it('are set aside in the decision that makes the money held, so that no release comes before', () => {
    const { decision } = given(...funded).when(commands.ConvertFunds);
    expect(decision).toMatchObject({
      events: [
        { type: 'FundsConverted' },
        {
          ...{ type: 'DutiesEarmarked', amount: usd(60_000n), parts: [{ held: usd(60_000n) }] },
          dutyId: dutyIdFor(trade.tradeId, 'estimate'),
        },
      ],
    });
    if (decision.kind !== 'decided') throw new Error(decision.code);
    const delivered = [...decision.events, story.shipmentBooked, story.deliveryConfirmed];
    expect(given(...funded, ...delivered).when(commands.PassInspectionEnd).decision).toMatchObject({
      events: [{ amount: usd(1_090_000n) }],
    });
  });
});
