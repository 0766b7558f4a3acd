import { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import type { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import { money } from '../../../src/money/money.ts';
import { sample } from './sample.ts';

/** Where the sellers of these trades are paid: not by Stripe, which does not serve Korea. */
export const koreanAccount: BankAccount = BankAccount.parse({
  holderName: '한빛광학 주식회사',
  address: {
    street: '테헤란로',
    buildingNumber: '152',
    postalCode: '06236',
    town: '서울',
    country: 'KR',
  },
  accountNumber: '110234567890',
  bic: 'SHBKKRSE',
  bankName: 'Shinhan Bank',
  country: 'KR',
});

const amount = money('KRW', 15_580_000n);

/** Lenses from Seoul worth 15,580,000 KRW, sold by whoever is paid on that account. */
export const koreanTrade = (payoutAccountId: string): CreateTrade => ({
  reference: 'PO-2026-000231',
  parties: {
    buyer: sample.parties.buyer,
    seller: {
      name: 'Kim Min-seo',
      company: 'Hanbit Optics Co., Ltd.',
      phone: '+82 2 555 0131',
      address: {
        street1: '152 Teheran-ro, Gangnam-gu',
        city: 'Seoul',
        postalCode: '06236',
        country: 'KR',
      },
      payoutAccountId,
    },
  },
  lineItems: [
    {
      description: 'Camera lenses, 50 mm',
      hsCode: '900211',
      originCountry: 'KR',
      quantity: 40,
      weightGrams: 12_000,
      value: amount,
    },
  ],
  incoterm: 'DAP',
  amount,
  payInCurrency: 'EUR',
  milestones: [{ milestoneId: 'delivery', amount }],
});
