import type { DemoResult } from './demo-run.ts';
import { booksBalance } from './demo-verdict.ts';

/**
 * The result of a demo as one JSON value. Amounts are decimal strings of minor units; what a trade
 * that came to nothing does not have is null.
 */
export function demoJson(result: DemoResult) {
  const { trade, entries, trialBalance, deadLetters } = result;
  const [shipment] = trade.shipments;
  const [payout] = trade.payouts;
  const label = shipment !== undefined && 'carrier' in shipment ? shipment : undefined;
  const terms = payout !== undefined && 'rail' in payout ? payout : undefined;
  return {
    trade: { id: trade.id, status: trade.status },
    timeline: trade.timeline.map(({ type, at }) => ({ type, at })),
    shipment: {
      carrier: label?.carrier ?? null,
      trackingNumber: label?.trackingNumber ?? null,
      status: shipment?.status ?? null,
    },
    payout: {
      rail: terms?.rail ?? null,
      status: payout?.status ?? null,
      amount: terms?.amount ?? null,
    },
    ledger: {
      entries: entries.length,
      balanced: booksBalance(result),
      trialBalance: trialBalance.map(({ account, currency, debitMinor, creditMinor }) => ({
        account,
        currency,
        debitMinor: debitMinor.toString(),
        creditMinor: creditMinor.toString(),
      })),
    },
    deadLetters,
  };
}
