import type { Violation, World } from '../world.ts';

/**
 * One promise of the product. `number` is its place in the list of performance.md, section 4.4; one
 * number may have several files. `step` checks run after every step and look at `world.step` first;
 * `rest` checks run once, when the system has come to rest.
 *
 * An invariant shares no code with the product, only types: a bug in the product must not be able to
 * bend the rule that it is measured by.
 */
export type Invariant = {
  readonly name: string;
  readonly number: number;
  readonly when: 'step' | 'rest';
  readonly check: (world: World) => readonly Violation[];
};

/** Says what is wrong, and of which trade; null where no single trade is to blame. */
export type Report = (tradeId: string | null, detail: string) => void;

/** What nearly every check answers. */
export const NONE: readonly Violation[] = [];

/** An invariant by what finds its violations. The name is the file's, so that it can be found. */
export const invariant = ({
  find,
  ...rule
}: Omit<Invariant, 'check'> & {
  readonly find: (world: World, report: Report) => void;
}): Invariant => ({
  ...rule,
  check: (world) => {
    let violations: Violation[] | undefined;
    find(world, (tradeId, detail) => {
      violations ??= [];
      violations.push({ invariant: rule.name, tradeId, detail });
    });
    return violations ?? NONE;
  },
});
