import { money } from '../../../src/money/money.ts';
import type { ProviderRow } from '../world.ts';
import { decimal } from './bank-account.ts';

const HEADER =
  'balance_transaction_id,created_utc,available_on_utc,currency,gross,fee,net,reporting_category,source_id,automatic_payout_id,description';

/** What moved on the platform's balance on a day, as Stripe's itemized report has it. */
export const balanceReport = (rows: readonly ProviderRow[]): string =>
  [HEADER, ...rows.map(rowText), ''].join('\n');

function rowText({ id, category, sourceId, net, feeMinor, payoutId, day }: ProviderRow): string {
  const { currency, amountMinor } = net;
  const gross = money(currency, amountMinor + feeMinor);
  const fee = money(currency, feeMinor);
  return [
    ...[id, `${day} 12:00:00`, `${day} 12:00:00`, currency.toLowerCase()],
    ...[decimal(gross), decimal(fee), decimal(net), category, sourceId, payoutId ?? '', ''],
  ].join(',');
}
