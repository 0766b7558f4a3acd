import { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import { parseBody } from '../../../functions/_shared/request.ts';
import { readSample } from '../../support/builders.ts';
import { problemFrom, requestOf } from './requests.ts';

type Change = readonly [path: string, value: unknown];

const usd = (amountMinor: unknown) => ({ currency: 'USD', amountMinor });

/** The sample order with the value at each JSON Pointer replaced; undefined removes it. */
function orderWith(...changes: readonly Change[]): string {
  const order = structuredClone(readSample('marketplace/create-trade'));
  for (const [pointer, value] of changes) {
    const path = pointer.slice(1).split('/');
    const name = path.pop() ?? '';
    const parent = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], order);
    (parent as Record<string, unknown>)[name] = value;
  }
  return JSON.stringify(order);
}

const parse = (...changes: readonly Change[]) =>
  parseBody(requestOf(orderWith(...changes)), { schema: CreateTrade, limitBytes: 131_072 });

const offendingFields = (...changes: readonly Change[]) =>
  problemFrom(() => parse(...changes)).errors?.map(({ pointer }) => pointer);

const line = '/lineItems/0';
const buyer = '/parties/buyer';
const twoShares = (first: number, second: number) => [
  { milestoneId: 'sample', shareBasisPoints: first },
  { milestoneId: 'bulk', shareBasisPoints: second },
];

const twoMilestones = (first: unknown, second: unknown) => [
  { milestoneId: 'sample', amount: first },
  { milestoneId: 'bulk', amount: second },
];

describe('An order', () => {
  it('as the sample has it is taken', () => {
    expect(parse()).toMatchObject({ amount: { currency: 'USD', amountMinor: 1_150_000n } });
  });

  it.each<{ what: string; changes: Change[] }>([
    { what: 'no reference', changes: [['/reference', undefined]] },
    { what: 'no milestones', changes: [['/milestones', undefined]] },
    { what: 'lines worth less than the trade', changes: [[`${line}/value`, usd('1')]] },
    { what: 'an HS code of ten digits', changes: [[`${line}/hsCode`, '8504409500']] },
    {
      what: 'a milestone without inspection',
      changes: [['/milestones/0/inspectionPeriodSeconds', 0]],
    },
    {
      what: 'two milestones by their shares',
      changes: [['/milestones', twoShares(4_000, 6_000)]],
    },
    {
      what: 'two milestones that sum to the amount',
      changes: [['/milestones', twoMilestones(usd('460000'), usd('690000'))]],
    },
    { what: 'pay-in in the trade’s own currency', changes: [['/payInCurrency', 'USD']] },
    { what: 'a name of 120 characters', changes: [[`${buyer}/name`, 'é'.repeat(120)]] },
    { what: 'duties that the seller pays', changes: [['/dutyEstimate', usd('67000')]] },
    { what: 'an export declaration', changes: [['/exportReference', 'AES X20261123012345']] },
    {
      what: 'charges that make up the amount',
      changes: [
        [`${line}/value`, usd('800000')],
        ['/charges', { freight: usd('90000'), insurance: usd('10000') }],
      ],
    },
  ])('with $what is taken', ({ changes }) => {
    expect(() => parse(...changes)).not.toThrow();
  });

  it('has the blanks around its names cut', () => {
    expect(parse([`${buyer}/name`, '  Katrin Vogel ']).parties.buyer.name).toBe('Katrin Vogel');
  });
});

describe('An order is refused, with the field to blame, for', () => {
  it.each<{ what: string; change: Change; at?: string }>([
    { what: 'a negative amount', change: ['/amount', usd('-1')], at: '/amount/amountMinor' },
    { what: 'an amount of zero', change: ['/amount', usd('0')], at: '/amount/amountMinor' },
    { what: 'a fraction', change: ['/amount', usd('11500.00')], at: '/amount/amountMinor' },
    { what: 'a JSON number', change: ['/amount', usd(1_150_000)], at: '/amount/amountMinor' },
    { what: 'a float', change: ['/amount', usd(11_500.5)], at: '/amount/amountMinor' },
    { what: 'an exponent', change: ['/amount', usd('1e6')], at: '/amount/amountMinor' },
    { what: 'a leading zero', change: ['/amount', usd('01150000')], at: '/amount/amountMinor' },
    { what: 'a plus sign', change: ['/amount', usd('+1150000')], at: '/amount/amountMinor' },
    {
      what: 'blanks in an amount',
      change: ['/amount', usd(' 1150000')],
      at: '/amount/amountMinor',
    },
    { what: '19 digits', change: ['/amount', usd('1'.repeat(19))], at: '/amount/amountMinor' },
    {
      what: 'an amount without a currency',
      change: ['/amount', { amountMinor: '1' }],
      at: '/amount/currency',
    },
    { what: 'an amount that is text', change: ['/amount', 'USD 11,500.00'] },
    { what: 'no amount', change: ['/amount', undefined] },
    {
      what: 'a field beside money',
      change: ['/amount', { ...usd('1150000'), scale: 2 }],
      at: '/amount/scale',
    },
    {
      what: 'charges beyond the amount',
      change: ['/charges', { other: usd('1') }],
      at: '/lineItems',
    },
    {
      what: 'duties in another currency',
      change: ['/dutyEstimate', { currency: 'EUR', amountMinor: '1' }],
      at: '/dutyEstimate/currency',
    },
    { what: 'a mode of transport that there is not', change: ['/transportMode', 'drone'] },
    { what: 'duties that nobody pays', change: ['/dutiesPaidBy', 'nobody'] },
    { what: 'an unknown currency', change: ['/payInCurrency', 'EUX'] },
    { what: 'a currency in lower case', change: ['/payInCurrency', 'eur'] },
    { what: 'no currency at all', change: ['/payInCurrency', 'XXX'] },
    { what: 'gold', change: ['/payInCurrency', 'XAU'] },
    { what: 'the code for tests', change: ['/payInCurrency', 'XTS'] },
    { what: 'a missing HS code', change: [`${line}/hsCode`, undefined] },
    { what: 'an HS code of five digits', change: [`${line}/hsCode`, '85044'] },
    { what: 'an HS code with dots', change: [`${line}/hsCode`, '8504.40'] },
    { what: 'an HS code that is a number', change: [`${line}/hsCode`, 850_440] },
    { what: 'a country that is not assigned', change: [`${line}/originCountry`, 'XK'] },
    { what: 'a country in lower case', change: [`${line}/originCountry`, 'us'] },
    { what: 'a country of three letters', change: [`${buyer}/address/country`, 'DEU'] },
    { what: 'a former country', change: [`${buyer}/address/country`, 'AN'] },
    { what: 'no pieces', change: [`${line}/quantity`, 0] },
    { what: 'half a piece', change: [`${line}/quantity`, 1.5] },
    { what: 'pieces as text', change: [`${line}/quantity`, '20'] },
    { what: 'a negative weight', change: [`${line}/weightGrams`, -1] },
    {
      what: 'a line worth nothing',
      change: [`${line}/value`, usd('0')],
      at: `${line}/value/amountMinor`,
    },
    { what: 'an over-long description', change: [`${line}/description`, 'x'.repeat(201)] },
    { what: 'a blank description', change: [`${line}/description`, '   '] },
    { what: 'no lines', change: ['/lineItems', []] },
    { what: 'a withdrawn incoterm', change: ['/incoterm', 'DDU'] },
    { what: 'an over-long name', change: [`${buyer}/name`, 'x'.repeat(121)] },
    { what: 'a name that is null', change: [`${buyer}/name`, null] },
    { what: 'an e-mail address without an at', change: [`${buyer}/email`, 'vogel.example'] },
    { what: 'a phone number of letters', change: [`${buyer}/phone`, 'call me'] },
    { what: 'no street', change: [`${buyer}/address/street1`, undefined] },
    { what: 'a missing payout account', change: ['/parties/seller/payoutAccountId', undefined] },
    { what: 'another kind of account', change: ['/parties/seller/payoutAccountId', 'ba_123'] },
    { what: 'a reference with a blank', change: ['/reference', 'PO 117'] },
    { what: 'an over-long reference', change: ['/reference', 'x'.repeat(65)] },
    { what: 'a milestone name in capitals', change: ['/milestones/0/milestoneId', 'Delivery'] },
    { what: 'no milestones in a list of them', change: ['/milestones', []] },
    {
      what: 'an inspection longer than 90 days',
      change: ['/milestones/0/inspectionPeriodSeconds', 7_776_001],
    },
    { what: 'a negative inspection', change: ['/milestones/0/inspectionPeriodSeconds', -1] },
    { what: 'an unknown field', change: ['/escrowDays', 3] },
    { what: 'an unknown field of a person', change: [`${buyer}/iban`, 'DE02120300000000202051'] },
    { what: 'an unknown field of an address', change: [`${buyer}/address/zip`, '10969'] },
  ])('$what', ({ change, at }) => {
    expect(offendingFields(change)).toEqual([at ?? change[0]]);
  });

  it('all that is wrong with it, at once', () => {
    expect(
      offendingFields(
        ['/amount', usd('12.5')],
        [`${line}/hsCode`, undefined],
        [`${buyer}/address/country`, 'Germany'],
        ['/payInCurrency', 'XXX'],
        ['/color', 'red'],
      )?.toSorted(),
    ).toEqual([
      '/amount/amountMinor',
      '/color',
      '/lineItems/0/hsCode',
      '/parties/buyer/address/country',
      '/payInCurrency',
    ]);
  });
});

describe('An order whose fields do not fit each other is refused for', () => {
  it.each<{ what: string; changes: Change[]; at: string[] }>([
    {
      what: 'milestones that sum to less',
      changes: [['/milestones/0/amount', usd('1149999')]],
      at: ['/milestones'],
    },
    {
      what: 'shares that are not all of it',
      changes: [['/milestones', twoShares(4_000, 5_999)]],
      at: ['/milestones'],
    },
    {
      what: 'an amount beside a share',
      changes: [
        ['/milestones', [{ milestoneId: 'a', shareBasisPoints: 10_000, amount: usd('1') }]],
      ],
      at: ['/milestones'],
    },
    {
      what: 'milestones with neither',
      changes: [['/milestones', [{ milestoneId: 'a' }]]],
      at: ['/milestones'],
    },
    {
      what: 'milestones that sum to more',
      changes: [['/milestones', twoMilestones(usd('460000'), usd('690001'))]],
      at: ['/milestones'],
    },
    {
      what: 'a milestone name that stands twice',
      changes: [
        [
          '/milestones',
          twoMilestones(usd('460000'), usd('690000')).map((milestone) => ({
            ...milestone,
            milestoneId: 'delivery',
          })),
        ],
      ],
      at: ['/milestones'],
    },
    {
      what: 'lines that are worth more than the trade',
      changes: [[`${line}/value`, usd('900001')]],
      at: ['/lineItems'],
    },
    {
      what: 'charges that leave a part of the amount unexplained',
      changes: [
        [`${line}/value`, usd('800000')],
        ['/charges', { freight: usd('90000') }],
      ],
      at: ['/charges'],
    },
    {
      what: 'a line in another currency',
      changes: [[`${line}/value`, { currency: 'EUR', amountMinor: '1' }]],
      at: ['/lineItems/0/value/currency'],
    },
    {
      what: 'a milestone in another currency',
      changes: [['/milestones/0/amount', { currency: 'EUR', amountMinor: '1150000' }]],
      at: ['/milestones/0/amount/currency'],
    },
    {
      what: 'an amount in another currency than all the rest',
      changes: [['/amount', { currency: 'EUR', amountMinor: '1150000' }]],
      at: [
        '/lineItems/0/value/currency',
        '/lineItems/1/value/currency',
        '/milestones/0/amount/currency',
      ],
    },
  ])('$what', ({ changes, at }) => {
    expect(offendingFields(...changes)).toEqual(at);
  });

  it('what each is by itself only, where one is not even a number', () => {
    expect(offendingFields(['/milestones/0/amount', usd('1.5')])).toEqual([
      '/milestones/0/amount/amountMinor',
    ]);
    expect(offendingFields([`${line}/value`, usd('a lot')])).toEqual([
      '/lineItems/0/value/amountMinor',
    ]);
  });
});
