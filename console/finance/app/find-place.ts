import { linkTo } from './route.ts';

const places: readonly (readonly [pattern: RegExp, screen: Parameters<typeof linkTo>[0]])[] = [
  [/^trd_\w+$/, 'trades'],
  [/^lin_\w+$/, 'bank-lines'],
  [/^brk_\w+$/, 'breaks'],
  [/^stm_\w+$/, 'statements'],
  [/^batch_\w+$/, 'payouts'],
  [/^(?:acct|bank)_\w+$/, 'debts'],
  [/^\d{4}-\d{2}$/, 'periods'],
];

/** The deep link of what an id is of; undefined where it is of nothing that can be opened. */
export function placeOf(text: string): string | undefined {
  const id = text.trim();
  const [, screen] = places.find(([pattern]) => pattern.test(id)) ?? [];
  return screen && linkTo(screen, { id });
}
