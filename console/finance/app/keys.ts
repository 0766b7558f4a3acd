import type { Screen } from './route.ts';

/** After `g`, the letter that opens a screen. */
export const goKeys: Readonly<Partial<Record<Screen, string>>> = {
  ...{ today: 't', breaks: 'b', statements: 's', trades: 'c', ledger: 'l' },
  ...{ treasury: 'm', payouts: 'o', debts: 'd', periods: 'p' },
  ...{ settlements: 'e', disputes: 'i', lanes: 'n', rates: 'r' },
};

export type KeyAction =
  | { readonly kind: 'go'; readonly screen: Screen }
  | { readonly kind: 'row'; readonly by: 1 | -1 }
  | { readonly kind: 'search' | 'help' | 'up' | 'wait' | 'none' };

const single: Readonly<Record<string, KeyAction>> = {
  g: { kind: 'wait' },
  '/': { kind: 'search' },
  '?': { kind: 'help' },
  u: { kind: 'up' },
  j: { kind: 'row', by: 1 },
  k: { kind: 'row', by: -1 },
};

/** What a key does, where `g` was or was not pressed before it. */
export function actionOf(key: string, isAfterG: boolean): KeyAction {
  if (!isAfterG) return Object.hasOwn(single, key) ? (single[key] ?? none) : none;
  const [screen] = Object.entries(goKeys).find(([, letter]) => letter === key) ?? [];
  return screen === undefined ? none : { kind: 'go', screen: screen as Screen };
}

const none: KeyAction = { kind: 'none' };
