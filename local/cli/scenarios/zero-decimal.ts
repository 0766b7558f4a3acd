import { sampleTrades } from '../sample-data.ts';
import { koreanAccount, koreanTrade } from './korean-trade.ts';
import { paidByBank } from './paid-by-bank.ts';
import type { Scenario } from './scenario.ts';

const ACCOUNT = 'bank_hanbit_yen';
const { bearings } = sampleTrades;
const lenses = koreanTrade(ACCOUNT);

export const zeroDecimal: Scenario = {
  name: 'zero-decimal',
  title: 'A Japanese buyer pays in JPY for goods in KRW: neither currency has decimals',
  body: {
    ...lenses,
    parties: { ...lenses.parties, buyer: bearings.parties.buyer },
    payInCurrency: 'JPY',
  },
  stack: { payoutBatchWindowSeconds: 2 },
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 15,190,500 KRW'],
  },
  play: paidByBank(ACCOUNT, koreanAccount),
};
