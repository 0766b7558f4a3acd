import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseEcbDaily } from '../../../src/adapters/rates/ecb.ts';
import type { RateDay } from '../../../src/fx/rate-day.ts';

export const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The ECB's file of 2026-06-30, as it comes with the product. */
export const bundledFile = readFileSync(
  new URL('../../../events/inbound/ecb/2026-06-30.xml', import.meta.url),
  'utf8',
);

export const bundledDay: RateDay = parseEcbDaily(bundledFile, {
  sha256: hash(bundledFile),
  fetchedAt: '2026-06-30T14:30:00.000Z',
});

export const dayOf = (rates: RateDay['rates'], rateDate = '2026-08-21'): RateDay => ({
  source: 'ECB',
  rateDate,
  sha256: hash(rateDate),
  fetchedAt: `${rateDate}T14:30:00.000Z`,
  rates,
});
