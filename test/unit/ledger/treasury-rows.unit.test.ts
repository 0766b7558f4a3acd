import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { story, tradeId } from '../../support/builders.ts';
import { rowsOf } from '../../support/rows.ts';

/** The figures of the worked order: EUR 9,879.30 paid for USD 11,500.00 at mid 1.1699 and 50 bps. */
describe('The rows of duties and of parts', () => {
  it('J8, J10: a release in parts, each with its fee apart', () => {
    const usd = (minor: bigint) => money('USD', minor);
    const part = (amount: bigint, fee: bigint) =>
      rowsOf({
        ...story.milestoneReleased,
        amount: usd(amount),
        fee: usd(fee),
        net: usd(amount - fee),
      });
    expect(part(460_000n, 11_500n)).toEqual([
      ['release', '2100 460000 USD', '2200 -448500 USD', '4000 -11500 USD'],
    ]);
    expect(part(640_000n, 16_000n)).toEqual([
      ['release', '2100 640000 USD', '2200 -624000 USD', '4000 -16000 USD'],
    ]);
  });

  it('duties that were not billed are held for the milestones again', () => {
    expect(rowsOf(story.dutiesReleased)).toEqual([
      ['duties_released', '2400 20000 USD', '2100 -20000 USD'],
    ]);
  });

  it('J9, J14: duties are set aside of what is held, and paid from the bank', () => {
    expect(rowsOf(story.dutiesEarmarked)).toEqual([
      ['duties_earmarked', '2100 50000 USD', '2400 -50000 USD'],
    ]);
    expect(rowsOf(story.dutiesPaid)).toEqual([
      ['duties_paid', '2400 50000 USD', '1200 -50000 USD'],
    ]);
  });
});

describe('The rows of the bank and the treasury', () => {
  it('J4: the provider pays out what it credited less its fee', () => {
    expect(rowsOf(story.pspPayoutReceived)).toEqual([
      ['psp_payout', '1200 973086 EUR', '1100 -973086 EUR'],
    ]);
  });

  it('what sellers with accounts there are paid from is brought to the provider', () => {
    expect(rowsOf(story.pspToppedUp)).toEqual([
      ['psp_top_up', '1100 1121250 USD', '1200 -1121250 USD'],
    ]);
  });

  it('what is only announced, called off or reserved is not booked', () => {
    expect(rowsOf(story.pspPayoutAnnounced)).toEqual([]);
    expect(rowsOf(story.pspPayoutCalledOff)).toEqual([]);
    expect(rowsOf(story.referenceTaken)).toEqual([]);
  });

  it('J5, J7b: the platform’s own money makes good what fees and exchange took', () => {
    expect(rowsOf(story.ownFundsMoved)).toEqual([
      ['own_funds_top_up', '1200 9904 EUR', '1210 -9904 EUR'],
    ]);
    expect(rowsOf({ ...story.ownFundsMoved, amount: money('EUR', 757n) })).toEqual([
      ['own_funds_top_up', '1200 757 EUR', '1210 -757 EUR'],
    ]);
  });

  it('J10b: the earned fee is swept out', () => {
    expect(
      rowsOf({ ...story.ownFundsMoved, direction: 'sweep', amount: money('USD', 27_500n) }),
    ).toEqual([['own_funds_sweep', '1210 27500 USD', '1200 -27500 USD']]);
  });

  it('J6, J7: a cover trade closes the position, and what it cost beyond is realized', () => {
    expect(rowsOf(story.coverTraded)).toEqual([
      [
        'cover_trade',
        '1400 983747 EUR',
        '1200 -983747 EUR',
        '1200 1150000 USD',
        '1400 -1150000 USD',
      ],
      ['cover_realized', '5200 757 EUR', '1400 -757 EUR'],
    ]);
  });

  it('a cover at the very price that was carried realizes nothing', () => {
    const { sold } = story.coverTraded;
    expect(rowsOf({ ...story.coverTraded, carried: sold }).map(([kind]) => kind)).toEqual([
      'cover_trade',
    ]);
  });

  it('U1, U2: money that nobody knows waits in suspense until it is identified', () => {
    expect(rowsOf(story.receiptSuspended)).toEqual([
      ['receipt_suspended', '1200 250000 USD', '2900 -250000 USD'],
    ]);
    expect(rowsOf(story.receiptIdentified)).toEqual([
      ['receipt_identified', '2900 250000 USD', '2000 -250000 USD'],
    ]);
    const scopes = journalize(story.receiptIdentified).flatMap(({ legs }) =>
      legs.map(({ scope }) => scope),
    );
    expect(scopes).toEqual([story.receiptSuspended.movementId, tradeId]);
  });
});

/** EUR 10,246.74 are due; EUR 4,000.00 came first, EUR 50.00 too much. */
describe('The rows of a payment that comes in parts', () => {
  const part = story.partialPaymentReceived;
  const eur = (minor: bigint) => money('EUR', minor);
  const rows = (event: Parameters<typeof rowsOf>[0]) => rowsOf(event);

  it('U3: a part by transfer lies on the buyer’s cash balance', () => {
    expect(rows(part)).toEqual([['part_received', '1120 400000 EUR', '2000 -400000 EUR']]);
  });

  it('U3: a part by receipt was booked where it was identified', () => {
    expect(rows({ ...part, way: 'receipt' })).toEqual([]);
  });

  it('U4: the charge of the whole takes the parts off the cash balance', () => {
    const [capture, unused] = rows({
      ...story.escrowFunded,
      applied: part.received,
      unused: eur(5_000n),
    });
    expect(capture).toEqual([
      'capture',
      '1100 1024674 EUR',
      '1120 -400000 EUR',
      '2000 -624674 EUR',
    ]);
    expect(unused).toEqual(['part_received', '1120 5000 EUR', '2000 -5000 EUR']);
  });

  it('U4: a trade that receipts have funded books nothing more', () => {
    expect(rows({ ...story.escrowFunded, receiptIds: ['camt-1'] })).toEqual([]);
  });

  it('U5: a part that is given back leaves the cash balance, and no balance of ours', () => {
    const { refundValued, refundSettled } = story;
    const amount = part.received;
    expect(rows({ ...refundValued, amount, unapplied: true })).toEqual([
      ['refund_initiated', '2000 400000 EUR', '2310 -400000 EUR'],
    ]);
    const booking = { ...refundSettled.booking, amount, debited: amount, fee: eur(0n) };
    expect(rows({ ...refundSettled, booking: { ...booking, from: 'cash_balance' } })).toEqual([
      ['refund_settled', '2310 400000 EUR', '1120 -400000 EUR'],
    ]);
  });

  it('U7: such a refund came back, and is owed again; banks kept a part', () => {
    expect(rows(story.refundReturned)).toEqual([
      ['refund_returned', '1200 248000 USD', '5500 2000 USD', '2310 -250000 USD'],
    ]);
    const { refundFailed, refundSettled } = story;
    const returned = { ...refundSettled.booking, from: 'bank' as const };
    expect(rows({ ...refundFailed, returned })).toEqual([]);
  });

  it('U6: what came by receipt is paid back from the bank, and booked once', () => {
    const { refundPaid, refundSettled } = story;
    expect(rows(refundPaid)).toEqual([['refund_paid', '2310 250000 USD', '1200 -250000 USD']]);
    const booking = { ...refundSettled.booking, from: 'bank' as const };
    expect(rows({ ...refundSettled, booking })).toEqual([]);
  });
});
