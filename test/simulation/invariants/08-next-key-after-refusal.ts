import { invariant } from './invariant.ts';

/**
 * A refund that was refused since its charge was disputed is asked for under the next key only once it was
 * refused under the one before: of two keys that are open at once, each could make it.
 */
export const nextKeyAfterRefusal = invariant({
  name: '08-next-key-after-refusal',
  number: 8,
  when: 'rest',
  find: ({ stripe }, report) => {
    const refused = new Map<string, boolean>();
    for (const { key, isRefused } of stripe.keyLog) {
      const before = keyBefore(key);
      const isAhead = before !== undefined && !refused.has(key) && refused.get(before) !== true;
      if (isAhead) report(null, `${key} was used while ${before} was not refused`);
      refused.set(key, isRefused);
    }
  },
});

/** `…:refund:1:2` comes after `…:refund:1:1`, and that after `…:refund:1`. */
function keyBefore(key: string): string | undefined {
  const [, first, ends] = /^(.*:refund:\d+):(\d+)$/.exec(key) ?? [];
  if (first === undefined) return undefined;
  return ends === '1' ? first : `${first}:${Number(ends) - 1}`;
}
