import type { ReconItem } from '../../src/reconciliation/item.ts';
import type { Sides } from '../../src/reconciliation/reconcile.ts';
import type { ItemRec } from '../../src/reconciliation/recs.ts';

/** One in this many trades has each of the troubles that finance meets. */
const TROUBLE_EVERY = 1_000;
const TRADES_IN_PAYOUT = 500;
const PAYOUTS_IN_BATCH = 100;
const TRADES_IN_COVER = 100;
const DATE = '2026-06-26';

const currencies = ['EUR', 'USD', 'JPY', 'KWD', 'GBP'] as const;

const item = (
  id: string,
  index: number,
  amountMinor: bigint,
  keys: ReconItem['keys'],
  more: Partial<ReconItem> = {},
): ReconItem => ({
  id,
  currency: currencies[index % currencies.length] ?? 'EUR',
  amountMinor,
  date: DATE,
  keys,
  ...more,
});

const amountOf = (index: number): bigint => 10_000n + BigInt((index * 7_919) % 1_000_000);

const isTrouble = (index: number, which: number): boolean => index % TROUBLE_EVERY === which;

/** A day's trades as both sides of a rec, with troubles planted at fixed places. */
export const volumes: Readonly<Record<'A' | 'B' | 'D' | 'E' | 'G', (trades: number) => Sides>> = {
  /** Journal legs on 1100 against balance transactions. */
  A: (trades) => {
    const left: ReconItem[] = [];
    const right: ReconItem[] = [];
    for (let index = 0; index < trades; index += 1) {
      const keys = { sourceId: `ch_${index}`, transactionId: `txn_${index}` };
      left.push(item(`jrn_${index}`, index, amountOf(index), keys));
      if (isTrouble(index, 1)) continue;
      const extra = isTrouble(index, 2) ? 1n : isTrouble(index, 3) ? 500n : 0n;
      right.push(item(`txn_${index}`, index, amountOf(index) + extra, keys));
      if (isTrouble(index, 4)) right.push(item(`dup_${index}`, index, amountOf(index), keys));
    }
    return { left, right };
  },

  /** Stripe's payouts against the transactions in each. */
  B: (trades) => {
    const right: ReconItem[] = [];
    const sums = new Map<number, bigint>();
    for (let index = 0; index < trades; index += 1) {
      const payout = Math.floor(index / TRADES_IN_PAYOUT);
      right.push(item(`txn_${index}`, payout, amountOf(index), { payoutId: `po_${payout}` }));
      const missing = isTrouble(index, 5) ? 100n : 0n;
      sums.set(payout, (sums.get(payout) ?? 0n) + amountOf(index) + missing);
    }
    const left = [...sums].map(([payout, sum]) =>
      item(`po_${payout}`, payout, sum, { payoutId: `po_${payout}` }),
    );
    return { left, right };
  },

  /** Seller payouts against bank debits: two in three alone, the others booked by the hundred. */
  D: (trades) => {
    const left: ReconItem[] = [];
    const right: ReconItem[] = [];
    const batches = new Map<number, { sum: bigint; parts: string[] }>();
    for (let index = 0; index < trades; index += 1) {
      const id = `payout_${index}`;
      const isBatched = index % 3 === 0;
      const batch = Math.floor(index / PAYOUTS_IN_BATCH);
      const currencyIndex = isBatched ? batch : index;
      left.push(item(id, currencyIndex, -amountOf(index), { endToEndId: id }));
      if (isBatched) {
        const found = batches.get(batch) ?? { sum: 0n, parts: [] };
        found.sum -= amountOf(index);
        found.parts.push(id);
        batches.set(batch, found);
      } else if (!isTrouble(index, 7)) {
        right.push(item(`lin_${index}`, index, -amountOf(index), { endToEndId: id }));
        if (isTrouble(index, 8)) {
          const keys = { endToEndId: id };
          right.push(item(`ret_${index}`, index, amountOf(index), keys, { returned: 'AC04' }));
        }
      }
    }
    for (const [batch, { sum, parts }] of batches) {
      right.push(item(`bat_${batch}`, batch, sum, {}, { parts }));
    }
    return { left, right };
  },

  /** Orders that await a transfer against bank credits, one in ten in two instalments. */
  E: (trades) => {
    const left: ReconItem[] = [];
    const right: ReconItem[] = [];
    for (let index = 0; index < trades; index += 1) {
      const keys = { orderNumber: `ORDER-${index}` };
      const amount = amountOf(index);
      left.push(item(`ord_${index}`, index, amount, keys, { name: `Buyer ${index}` }));
      if (index % 10 === 0) {
        right.push(item(`a_${index}`, index, amount - 1_000n, keys));
        right.push(item(`b_${index}`, index, 1_000n, keys));
      } else if (isTrouble(index, 9)) {
        right.push(item(`c_${index}`, index, amount, {}, { name: `Buyer ${index}` }));
      } else {
        right.push(item(`c_${index}`, index, amount, keys));
      }
    }
    return { left, right };
  },

  /** One cover trade for each hundred trades, in two legs, one in a hundred of them off by a unit. */
  G: (trades) => {
    const left: ReconItem[] = [];
    const right: ReconItem[] = [];
    for (let index = 0; index < Math.ceil(trades / TRADES_IN_COVER); index += 1) {
      const keys = { dealId: `FX-${index}` };
      const rounding = index % TRADES_IN_COVER === 0 ? 1n : 0n;
      left.push(item(`bought_${index}`, index, amountOf(index), keys));
      left.push(item(`sold_${index}`, index + 1, -amountOf(index), { dealId: `FX-${index}-sold` }));
      right.push(item(`cr_${index}`, index, amountOf(index) - rounding, keys));
      right.push(item(`db_${index}`, index + 1, -amountOf(index), { dealId: `FX-${index}-sold` }));
    }
    return { left, right };
  },
};

export const volumeRecs = Object.keys(volumes) as (keyof typeof volumes & ItemRec['id'])[];
