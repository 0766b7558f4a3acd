import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';

const SAMPLE = join(import.meta.dirname, '../../../events/marketplace/create-trade.v1.json');

/** A German buyer, an American seller, one milestone `delivery` of 11,500.00 USD, paid in EUR. */
export const sample: CreateTrade = CreateTrade.parse(JSON.parse(readFileSync(SAMPLE, 'utf8')));

/** The sample with a seller of its own, so that what is owed or refused stays in one scenario. */
export const soldBy = (payoutAccountId: string, body: CreateTrade = sample): CreateTrade => ({
  ...body,
  parties: { ...body.parties, seller: { ...body.parties.seller, payoutAccountId } },
});

/** The sample, where nothing but the buyer's acceptance releases the money. */
export const releasedByAcceptance: CreateTrade = {
  ...sample,
  milestones: [{ milestoneId: 'delivery', amount: sample.amount, release: { rule: 'acceptance' } }],
};
