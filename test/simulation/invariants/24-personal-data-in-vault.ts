import type { World } from '../world.ts';
import { invariant } from './invariant.ts';

/**
 * Names, streets, addresses and numbers of people stand in the vault and nowhere else: not in an
 * event, a message, a reason for a dead letter or a read model.
 */
export const personalDataInVault = invariant({
  name: '24-personal-data-in-vault',
  number: 24,
  when: 'rest',
  find: (world, report) => {
    const texts = textsByTrade(world);
    for (const { tradeId, personalData } of world.trades) {
      const text = texts.get(tradeId) ?? '';
      const known = personalData.find((secret) => text.includes(secret));
      if (known !== undefined) report(tradeId, `"${known}" stands outside the vault`);
    }
  },
});

const TRADE_ID = /trd_[0-9a-z]{26}/;

/** Everything that is kept of each trade, in one text. */
function textsByTrade(world: World): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const keep = (text: string): void => {
    const tradeId = TRADE_ID.exec(text)?.[0] ?? '';
    texts.set(tradeId, `${texts.get(tradeId) ?? ''}\n${text}`);
  };
  for (const { body } of world.messages.values()) keep(body);
  for (const { reason, body } of world.deadLetters) keep(`${body} ${reason}`);
  for (const { tradeId, reference } of world.views.trades.values()) keep(`${tradeId} ${reference}`);
  return texts;
}
