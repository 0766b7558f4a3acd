import { codesOf, lineAt, movementsOf, readSample, readText, sampleBytes } from './reading.ts';

const sample = JSON.parse(sampleBytes('stripe-balance-transactions.json').toString());

const payout = {
  object: 'payout',
  id: 'po_1',
  amount: 350_000,
  currency: 'kwd',
  created: 1_782_719_280,
  arrival_date: 1_782_950_400,
  status: 'paid',
  balance_transaction: { id: 'txn_9' },
  trace_id: { status: 'supported', value: 'TRACE1' },
};

describe('Stripe’s answers', () => {
  it('are read in its own units, with both dates (P29)', () => {
    const [euros, kronur] = readSample('stripe-balance-transactions.json').statements;
    expect(lineAt(euros, 0)).toMatchObject({
      bookingDate: '2026-06-29',
      valueDate: '2026-07-02',
      references: { transactionId: 'txn_1', sourceId: 'ch_1' },
      charges: [{ amountMinor: '29930', direction: 'debit', included: true }],
    });
    expect(movementsOf(kronur)).toEqual(['5000 debit']);
  });

  it('tell payouts, and which are not paid', () => {
    const text = JSON.stringify([
      payout,
      { ...payout, status: 'failed', failure_code: 'account_closed' },
    ]);
    const reading = readText(text);
    expect(reading.format).toBe('stripe-payouts');
    expect(movementsOf(reading.statements[0])).toEqual(['350000 debit', '350000 debit']);
    expect(lineAt(reading.statements[0], 0)).toMatchObject({
      pending: false,
      references: { payoutId: 'po_1', transactionId: 'txn_9', endToEndId: 'TRACE1' },
    });
    expect(lineAt(reading.statements[0], 1)).toMatchObject({
      pending: true,
      returnReason: 'account_closed',
    });
  });

  it('with a part that is something else keep the rest', () => {
    const [first, second] = sample.data;
    const reading = readText(
      JSON.stringify({
        ...sample,
        has_more: true,
        data: [first, { ...second, currency: 'zzz' }, {}],
      }),
    );
    expect(movementsOf(reading.statements[0])).toEqual(['958000 credit']);
    expect(codesOf(reading)).toEqual([
      'stripe.list_goes_on',
      'line.amount_invalid',
      'stripe.object_unknown',
    ]);
  });

  it.each([
    [
      'an event',
      '{"object":"event","type":"payout.paid"}',
      'statement.unknown_format',
      'event payout.paid',
    ],
    ['other JSON', '{"a":1}', 'statement.unknown_format', 'other JSON'],
    ['an empty list', '{"object":"list","data":[]}', 'statement.unknown_format', 'other JSON'],
    ['cut off', '{"object":"list",\n"data":[', 'json.not_well_formed', 'cut off'],
  ])('that are %s are refused', (_, text, code, detail) => {
    const { statements, problems } = readText(text);
    expect(statements).toEqual([]);
    expect(problems).toMatchObject([
      { code, severity: 'error', detail: expect.stringContaining(detail) },
    ]);
  });
});
