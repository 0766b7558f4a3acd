import type { CreateTrade } from '../../events/marketplace/create-trade.v1.ts';
import { money } from '../../src/money/money.ts';

type Parties = CreateTrade['parties'];
type LineItem = CreateTrade['lineItems'][number];

const goods = (
  description: string,
  customs: Pick<LineItem, 'hsCode' | 'originCountry' | 'quantity' | 'weightGrams'>,
  valueMinor: bigint,
): LineItem => ({ description, ...customs, value: money('USD', valueMinor) });

/** One milestone for the whole amount, which is the worth of the goods. */
const trade = (
  terms: Pick<CreateTrade, 'reference' | 'incoterm' | 'payInCurrency' | 'dutyEstimate'>,
  parties: Parties,
  lineItems: readonly LineItem[],
): CreateTrade => ({
  ...terms,
  parties,
  lineItems: [...lineItems],
  amount: money(
    'USD',
    lineItems.reduce((sum, { value }) => sum + value.amountMinor, 0n),
  ),
});

/** Trades between invented companies, from the order books of invented marketplaces. */
export const sampleTrades = {
  lamps: trade(
    { reference: 'NL-2026-0201', incoterm: 'DAP', payInCurrency: 'EUR' },
    {
      buyer: {
        name: 'Jonas Petersen',
        company: 'Nordlicht Leuchten GmbH',
        phone: '+49 40 5550 0171',
        address: {
          street1: 'Speicherweg 8',
          city: 'Hamburg',
          postalCode: '20457',
          country: 'DE',
        },
      },
      seller: {
        name: 'Lin Yue',
        company: 'Brightpath Electronics Co.',
        phone: '+86 755 5550 0110',
        payoutAccountId: 'acct_sandbox_brightpath',
        address: {
          street1: '66 Keji South Road',
          city: 'Shenzhen',
          state: 'Guangdong',
          postalCode: '518057',
          country: 'CN',
        },
      },
    },
    [
      goods(
        'LED drivers, 60 W',
        { hsCode: '850440', originCountry: 'CN', quantity: 400, weightGrams: 22_000 },
        684_000n,
      ),
      goods(
        'Aluminum lamp housings',
        { hsCode: '940599', originCountry: 'CN', quantity: 120, weightGrams: 14_500 },
        180_000n,
      ),
    ],
  ),
  bearings: trade(
    { reference: 'SP-77310', incoterm: 'DAP', payInCurrency: 'JPY' },
    {
      buyer: {
        name: 'Haruka Sato',
        company: 'Sakura Precision KK',
        phone: '+81 52 555 0144',
        address: {
          street1: '2-4-1 Sakae, Naka-ku',
          city: 'Nagoya',
          postalCode: '460-0008',
          country: 'JP',
        },
      },
      seller: {
        name: 'Maria Kowalski',
        company: 'Lakeshore Bearings Inc.',
        phone: '+1 414 555 0126',
        payoutAccountId: 'acct_sandbox_lakeshore',
        address: {
          street1: '310 N Water Street',
          city: 'Milwaukee',
          state: 'WI',
          postalCode: '53202',
          country: 'US',
        },
      },
    },
    [
      goods(
        'Spindle bearings, angular contact',
        { hsCode: '848210', originCountry: 'US', quantity: 96, weightGrams: 31_000 },
        2_390_000n,
      ),
    ],
  ),
  frames: trade(
    {
      reference: 'TB-1042',
      incoterm: 'DDP',
      payInCurrency: 'GBP',
      dutyEstimate: money('USD', 67_000n),
    },
    {
      buyer: {
        name: 'Amelia Clarke',
        company: 'Thamesbank Cycles Ltd',
        phone: '+44 20 5550 0192',
        address: {
          street1: '14 Wharf Lane',
          city: 'London',
          postalCode: 'SE1 2AA',
          country: 'GB',
        },
      },
      seller: {
        name: 'Chen Wei-Ting',
        company: 'Dadu Composites Co.',
        phone: '+886 4 5550 0133',
        payoutAccountId: 'acct_sandbox_dadu',
        address: {
          street1: '88 Gongyequ 21st Road',
          city: 'Taichung',
          postalCode: '407',
          country: 'TW',
        },
      },
    },
    [
      goods(
        'Carbon bicycle frames',
        { hsCode: '871491', originCountry: 'TW', quantity: 30, weightGrams: 39_000 },
        1_425_000n,
      ),
    ],
  ),
  microscopes: trade(
    { reference: 'AO-5580', incoterm: 'DAP', payInCurrency: 'CHF' },
    {
      buyer: {
        name: 'Reto Baumann',
        company: 'Alpenblick Optik AG',
        phone: '+41 44 555 01 18',
        address: {
          street1: 'Talstrasse 40',
          city: 'Zurich',
          postalCode: '8001',
          country: 'CH',
        },
      },
      seller: {
        name: 'Kim Min-jun',
        company: 'Hangang Instruments',
        phone: '+82 2 555 0155',
        payoutAccountId: 'acct_sandbox_hangang',
        address: {
          street1: '120 Teheran-ro',
          city: 'Seoul',
          postalCode: '06133',
          country: 'KR',
        },
      },
    },
    [
      goods(
        'Stereo microscopes',
        { hsCode: '901110', originCountry: 'KR', quantity: 6, weightGrams: 27_000 },
        558_000n,
      ),
    ],
  ),
  valves: trade(
    { reference: 'TSN-0093', incoterm: 'DAP', payInCurrency: 'MXN' },
    {
      buyer: {
        name: 'Lucia Herrera',
        company: 'Talleres Sierra Norte SA',
        phone: '+52 81 5550 0107',
        address: {
          street1: 'Avenida Fundidora 501',
          city: 'Monterrey',
          state: 'Nuevo Leon',
          postalCode: '64010',
          country: 'MX',
        },
      },
      seller: {
        name: 'Grace Liu',
        company: 'Bayou Valve Works LLC',
        phone: '+1 713 555 0188',
        payoutAccountId: 'acct_sandbox_bayou',
        address: {
          street1: '900 Canal Street',
          city: 'Houston',
          state: 'TX',
          postalCode: '77003',
          country: 'US',
        },
      },
    },
    [
      goods(
        'Steel gate valves, DN 50',
        { hsCode: '848180', originCountry: 'US', quantity: 40, weightGrams: 88_000 },
        312_000n,
      ),
    ],
  ),
} as const;
