import type { Item } from './answers.ts';
import type { Link, TradeChain } from './answers-chain.ts';

export type ChainItem = { readonly step: 'charge' | 'payout' | 'refund'; readonly item: Item };

/** Everything that the books expect of a trade, each followed by the lines that it was matched with. */
export const itemsOf = ({ charge, payouts, refunds }: TradeChain): readonly ChainItem[] => [
  ...inStep('charge', [charge?.provider]),
  ...payouts.flatMap(({ provider, bank, returned }) =>
    inStep('payout', [provider, bank, returned]),
  ),
  ...refunds.flatMap(({ provider }) => inStep('refund', [provider])),
];

const inStep = (
  step: ChainItem['step'],
  links: readonly (Link | null | undefined)[],
): readonly ChainItem[] =>
  links.flatMap((link) =>
    link == null ? [] : [link, ...link.matchedWith].map((item) => ({ step, item })),
  );
