import { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import { money } from '../../../src/money/money.ts';
import { paidByBank } from './paid-by-bank.ts';
import type { Scenario } from './scenario.ts';

const ACCOUNT = 'bank_kuwait';
/** Stripe charges a currency of three decimals in tens only; the bank pays to the last fils. */
const amount = money('KWD', 3_512_340n);

const account: BankAccount = BankAccount.parse({
  holderName: 'Al Salam Pumps W.L.L.',
  address: {
    street: 'Ahmad Al Jaber Street',
    buildingNumber: '14',
    town: 'Kuwait City',
    country: 'KW',
  },
  iban: 'KW81CBKU0000000000001234560101',
  bic: 'CBKUKWKW',
  country: 'KW',
});

export const threeDecimal: Scenario = {
  name: 'three-decimal',
  title: 'A trade in KWD, which has three decimals, paid in KWD and paid out by bank',
  body: {
    reference: 'KW-2026-0044',
    parties: {
      buyer: {
        name: 'Noura Al Mutairi',
        company: 'Gulf Water Works W.L.L.',
        phone: '+965 2555 0144',
        address: {
          street1: 'Fahad Al Salem Street 31',
          city: 'Kuwait City',
          postalCode: '13001',
          country: 'KW',
        },
      },
      seller: {
        name: 'Yousef Al Salem',
        company: 'Al Salam Pumps W.L.L.',
        phone: '+965 2555 0177',
        address: {
          street1: 'Ahmad Al Jaber Street 14',
          city: 'Kuwait City',
          postalCode: '15462',
          country: 'KW',
        },
        payoutAccountId: ACCOUNT,
      },
    },
    lineItems: [
      {
        description: 'Submersible pumps',
        hsCode: '841370',
        originCountry: 'KW',
        quantity: 5,
        weightGrams: 20_000,
        value: amount,
      },
    ],
    incoterm: 'DAP',
    amount,
    payInCurrency: 'KWD',
    milestones: [{ milestoneId: 'delivery', amount }],
  },
  stack: { payoutBatchWindowSeconds: 2 },
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 3,424.532 KWD'],
  },
  play: paidByBank(ACCOUNT, account),
};
