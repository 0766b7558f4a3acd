import type { TradelaneEvent } from '../../../events/index.ts';
import { accountCodes, CHART } from '../../../src/ledger/chart.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { expectationsOf } from '../../../src/process/expectations-of.ts';
import { ROUTES } from '../../../src/process/routes.ts';
import { readSample, story } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { schemaFiles, schemaOf } from '../events/schema-files.ts';

/** Accounts that somebody else has statements of: what covers clients' money, and the platform's own. */
const CASH = accountCodes.filter(
  (code) => CHART[code].safeguarding === 'cover' || CHART[code].name === 'bank_operating',
);

/** Movements of cash that nobody is expected to tell of by an item of its own, and why. */
const NOT_EXPECTED: Readonly<Record<string, string>> = {
  'PayoutSettled 1200': 'The line was expected with the payment instruction, and has settled it.',
  'PspPayoutReceived 1100': 'Payouts are recs B and C, by the provider’s own list.',
  'OwnFundsMoved 1210':
    'The platform’s own account is not the clients’: its statements are not read.',
  'PartialPaymentReceived 1120':
    'Stripe lists no balance transaction of a customer’s cash balance.',
  'EscrowFunded 1120': 'The same; the charge that takes from it is expected.',
  'RefundSettled 1120': 'The same.',
  'RefundFailed 1120': 'The same.',
  'RefundCredited 1120': 'The same.',
  'ReceiptReleased 1200': 'Sent back, it is expected with BreakSentBack; else its line is matched.',
  'DifferenceTolerated 1200': 'The line is there: this is what it says beyond what was expected.',
  'DifferenceTolerated 1100': 'The same.',
  'BreakWrittenOff 1200': 'The same.',
  'BreakWrittenOff 1100': 'The same.',
};

/** What a sample does not show: the other ways in which its event moves money. */
const WAYS: Readonly<Partial<Record<TradelaneEvent['type'], readonly object[]>>> = {
  EscrowFunded: [{ unused: { currency: 'EUR', amountMinor: 700n } }, { receiptIds: ['rcp_1'] }],
  PartialPaymentReceived: [{ way: 'receipt' }, { way: 'transfer' }],
  PayoutSettled: [{ rail: 'bank_file' }, { rail: 'stripe_transfer' }],
  OwnFundsMoved: [{ direction: 'top_up' }, { direction: 'sweep' }],
  ChargebackOpened: [{ bookings: undefined }],
  PayoutReversed: [{ reversals: undefined }],
  DifferenceTolerated: [{ asset: '1100' }],
  BreakWrittenOff: [{ posting: { asset: '1100', against: '5000' } }],
};

const bookingsFrom = (event: TradelaneEvent): readonly TradelaneEvent[] => {
  const sources = [undefined, 'bank', 'cash_balance'] as const;
  if (event.type === 'RefundSettled') {
    return sources.map((from) => ({ ...event, booking: { ...event.booking, from } }));
  }
  if (event.type !== 'RefundFailed' || event.returned === undefined) return [event];
  const { returned } = event;
  return sources.map((from) => ({ ...event, returned: { ...returned, from } }));
};

async function everyEvent(): Promise<readonly TradelaneEvent[]> {
  const types = new Set<string>(Object.keys(ROUTES));
  const samples: TradelaneEvent[] = [];
  for (const name of schemaFiles) {
    const sample = readSample(name) as { type?: string };
    if (!types.has(sample.type ?? '')) continue;
    samples.push((await schemaOf(name)).parse(sample) as TradelaneEvent);
  }
  const ways = samples.flatMap((event) => [
    event,
    ...(WAYS[event.type] ?? []).map((way) => ({ ...event, ...way }) as TradelaneEvent),
  ]);
  return ways.flatMap(bookingsFrom);
}

type Sums = Map<string, bigint>;

const addTo = (sums: Sums, key: string, minor: bigint): void =>
  void sums.set(key, (sums.get(key) ?? 0n) + minor);

function bookedOn(event: TradelaneEvent): Sums {
  const sums: Sums = new Map();
  for (const { account, currency, amountMinor } of journalize(event).flatMap(({ legs }) => legs)) {
    if ((CASH as readonly string[]).includes(account)) {
      addTo(sums, `${account} ${currency}`, amountMinor);
    }
  }
  return new Map([...sums].filter(([, minor]) => minor !== 0n));
}

const expectedOf = (event: TradelaneEvent, cause = 'api#1') =>
  expectationsOf({ ...recordOf('escrow#trd_1', 1, [event]), cause } as never).filter(
    ({ withdrawn }) => withdrawn === undefined,
  );

function expectedOn(event: TradelaneEvent): Sums {
  const sums: Sums = new Map();
  for (const { lane, item } of expectedOf(event)) {
    addTo(sums, `${lane === 'provider' ? '1100' : '1200'} ${item.currency}`, item.amountMinor);
  }
  return sums;
}

describe('Every movement of cash in the books', () => {
  it('is expected to be told by whoever keeps the cash, to the minor unit, or says why it is not', async () => {
    const excused = new Set<string>();
    for (const event of await everyEvent()) {
      const expected = expectedOn(event);
      for (const [place, booked] of bookedOn(event)) {
        const excuse = `${event.type} ${place.slice(0, '1100'.length)}`;
        if (expected.get(place) === booked) continue;
        expect([excuse, expected.get(place), NOT_EXPECTED[excuse]]).toEqual([
          ...[excuse, undefined, expect.any(String)],
        ]);
        excused.add(excuse);
      }
    }
    expect([...excused].sort()).toEqual(Object.keys(NOT_EXPECTED).sort());
  });

  it('is heard of where it is expected', async () => {
    for (const event of await everyEvent()) {
      if (expectedOf(event).length > 0) {
        expect([event.type, ...ROUTES[event.type]]).toContain('reconciliation');
      }
    }
  });

  it('that the matching booked is expected by nobody: the line is there', async () => {
    for (const event of await everyEvent()) {
      // A return meets its line as one that the books expect: so it leaves the break that it is in.
      if (event.type === 'RefundReturned') continue;
      expect(expectedOf(event, 'matching#ReceiptSuspended/RecordMovement')).toEqual([]);
    }
  });

  it('that brought a refund back is expected, whoever booked it: its line is in a break', () => {
    const expected = expectedOf(story.refundReturned, 'matching#RefundReturned/RecordMovement');
    expect(expected.map(({ item }) => item.id)).toEqual([
      `refund_returned:${story.refundReturned.reference}`,
    ]);
  });
});
