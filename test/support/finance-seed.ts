import { money } from '../../src/money/money.ts';
import { putFinance } from '../../src/process/project-finance.ts';
import type { ViewStore } from '../../src/process/views.ts';
import { sellerDebt } from './describe-debt-views.ts';
import { laneTrade, openCase, settlement } from './describe-finance-views.ts';

const DAY_MS = 86_400_000;
const now = new Date();
const inDays = (days: number): string => new Date(now.getTime() + days * DAY_MS).toISOString();
const month = now.toISOString().slice(0, 'YYYY-MM'.length);

/** What is rare in a sandbox's hour: pay that failed or was kept, a limit that is near, far lanes. */
export async function seedFinance(views: ViewStore, marketplaceId: string): Promise<void> {
  const amount = money('USD', 1_121_250n);
  const own = { marketplaceId, payoutAccountId: 'acct_sandbox_harbor_motion', amount };
  const pay = [
    settlement({ ...own, payoutId: 'payout_a', state: 'failed', code: 'account_closed' }),
    settlement({ ...own, payoutId: 'payout_b', state: 'returned', code: 'AC04', attempt: 2 }),
    settlement({ ...own, payoutId: 'payout_c', state: 'netted', netted: money('USD', 195_000n) }),
    ...Array.from({ length: 105 }, (_, index) =>
      settlement({
        ...{ marketplaceId, payoutId: `payout_due_${index}`, tradeId: `trd_due_${index}` },
        ...{ at: inDays(index / 10), amount: money('JPY', BigInt(120_000 + index)) },
      }),
    ),
  ];
  for (const one of pay) await views.putSettlement(one);
  const debts = [
    sellerDebt({ debtId: 'rfd_2', payoutAccountId: 'bank_hanbit', amount: money('KRW', 848_529n) }),
    sellerDebt({ debtId: 'dp_2', payoutAccountId: 'bank_atelier', reason: 'chargeback' }),
    sellerDebt({ debtId: 'dp_3', payoutAccountId: 'bank_done', status: 'recovered' }),
  ];
  for (const debt of debts) await views.putDebt({ ...debt, marketplaceId });
  const hold = { kind: 'hold', stage: 'forced', reason: undefined } as const;
  await views.putCase(
    openCase({
      ...{ marketplaceId, caseId: 'hold_1', tradeId: 'trd_hold', ...hold },
      deadline: { kind: 'hold_forced', dueAt: inDays(0.5) },
    }),
  );
  const deadline = { kind: 'decision', dueAt: inDays(-1) } as const;
  await views.putCase(
    openCase({ ...{ marketplaceId, caseId: 'dsp_over', stage: 'escalated', deadline } }),
  );
  const lanes = ['US', 'DE', 'BR', 'JP', 'AU', 'FR', 'GB', 'IN', 'MX', 'NL', 'PL', 'TR'];
  for (const [index, buyerCountry] of lanes.entries()) {
    const paidAt = `${month}-01T00:00:00.000Z`;
    const amountMinor = 90_000_000n / BigInt(index + 1);
    const place = { marketplaceId, sellerCountry: 'KR', buyerCountry, tradeId: `trd_${index}` };
    const lane = laneTrade({ ...place, paidAt, amountMinor, currency: 'KRW' });
    await putFinance(views, { settlements: [], cases: [], debts: [], lane });
  }
}
