import { koreanAccount, koreanTrade } from './korean-trade.ts';
import { paidByBank } from './paid-by-bank.ts';
import type { Scenario } from './scenario.ts';

const ACCOUNT = 'bank_hanbit';

export const koreaBankFile: Scenario = {
  name: 'korea-bank-file',
  title: 'A German buyer pays in EUR, and a Korean seller is paid in KRW by a file for the bank',
  body: koreanTrade(ACCOUNT),
  stack: { payoutBatchWindowSeconds: 2 },
  ending: {
    status: 'settled',
    milestones: ['delivery: paid'],
    payouts: ['settled: 15,190,500 KRW'],
  },
  play: paidByBank(ACCOUNT, koreanAccount),
};
