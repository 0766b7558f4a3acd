import * as fc from 'fast-check';
import type { PayoutPart } from '../../../events/payout/common.ts';
import { money } from '../../../src/money/money.ts';
import { isPlain, outlayOf, planPayout } from '../../../src/settlement/allocation.ts';

const part = (amountMinor: bigint, name = 'own', currency: 'USD' | 'EUR' = 'USD'): PayoutPart => ({
  ...{ payoutId: `payout_${name}`, tradeId: `trd_${name}`, milestoneId: 'delivery' },
  ...{ sellerId: `pty_${name}`, amount: money(currency, amountMinor) },
});
const debt = (debtId: string, amountMinor: bigint, currency: 'USD' | 'EUR' = 'USD') => ({
  ...{ debtId, debtorId: `pty_of_${debtId}`, remaining: money(currency, amountMinor) },
});
const total = (list: readonly { readonly amount: { readonly amountMinor: bigint } }[]) =>
  list.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);

describe('A plan for a payout', () => {
  it('of a seller with nothing open is the payout itself', () => {
    const plan = planPayout([part(100n)], { credits: [], debts: [] });
    expect(plan).toEqual({ taken: [], recovered: [], parts: [part(100n)] });
    expect(isPlain(plan)).toBe(true);
  });

  it('recovers the oldest debt first, out of the oldest credit first', () => {
    const open = {
      credits: [part(30n, 'waiting')],
      debts: [debt('first', 40n), debt('second', 100n)],
    };
    const plan = planPayout([part(200n)], open);
    expect(plan.recovered).toEqual([
      {
        debtId: 'first',
        debtorId: 'pty_of_first',
        sellerId: 'pty_waiting',
        amount: money('USD', 30n),
      },
      { debtId: 'first', debtorId: 'pty_of_first', sellerId: 'pty_own', amount: money('USD', 10n) },
      {
        debtId: 'second',
        debtorId: 'pty_of_second',
        sellerId: 'pty_own',
        amount: money('USD', 100n),
      },
    ]);
    expect(plan.parts).toEqual([part(0n, 'waiting'), part(90n)]);
    expect(plan.taken).toEqual(open.credits);
  });

  it('leaves what is of another currency as it is', () => {
    const open = { credits: [part(30n, 'waiting', 'EUR')], debts: [debt('first', 40n, 'EUR')] };
    expect(isPlain(planPayout([part(200n)], open))).toBe(true);
  });

  it('conserves every minor unit, and recovers no more than is owed', () => {
    const minor = fc.bigInt({ min: 0n, max: 1_000n });
    fc.assert(
      fc.property(
        fc.array(minor, { minLength: 1, maxLength: 4 }),
        fc.array(minor, { maxLength: 4 }),
        fc.array(minor, { maxLength: 4 }),
        (own, credits, debts) => {
          const [first = part(0n), ...rest] = own.map((amount) => part(amount));
          const plan = planPayout([first, ...rest], {
            credits: credits.map((amount, index) => part(amount, `credit${index}`)),
            debts: debts.map((amount, index) => debt(`debt${index}`, amount)),
          });
          const owned = [...own, ...credits].reduce((sum, amount) => sum + amount, 0n);
          expect(total(plan.parts) + total(plan.recovered)).toBe(owned);
          const owed = debts.reduce((sum, amount) => sum + amount, 0n);
          expect([owned, owed]).toContain(total(plan.recovered));
          expect(total(plan.recovered) <= owned && total(plan.recovered) <= owed).toBe(true);
          expect(plan.parts.every(({ amount }) => amount.amountMinor >= 0n)).toBe(true);
        },
      ),
    );
  });
});

describe('What is paid of a plan', () => {
  const planOf = (...parts: PayoutPart[]) => ({ taken: [], recovered: [], parts });
  const limits = (minimum: bigint, stepMinor = 1n) => ({
    minimum: money('USD', minimum),
    stepMinor,
  });

  it('is nothing where debts took it all', () => {
    expect(outlayOf(planOf(part(0n)), limits(5n))).toEqual({ kind: 'set_off' });
  });

  it('waits below the minimum, and below a step', () => {
    expect(outlayOf(planOf(part(4n)), limits(5n))).toEqual({
      kind: 'roll_forward',
      minimum: money('USD', 5n),
    });
    expect(outlayOf(planOf(part(4n)), limits(0n, 10n))).toEqual({
      kind: 'roll_forward',
      minimum: money('USD', 10n),
    });
  });

  it('is whole steps; the rest is split off the last parts that have something', () => {
    expect(outlayOf(planOf(part(108n, 'a'), part(3n, 'b')), limits(0n, 100n))).toEqual({
      kind: 'pay',
      parts: [part(100n, 'a'), part(0n, 'b')],
      rest: [part(8n, 'a'), part(3n, 'b')],
    });
  });

  it('and what waits are together what was planned', () => {
    const amounts = fc.array(fc.bigInt({ min: 0n, max: 500n }), { minLength: 1, maxLength: 5 });
    const step = fc.constantFrom(1n, 10n, 100n);
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 0n, max: 300n }), step, (list, minimum, stepMinor) => {
        const parts = list.map((amount, index) => part(amount, `${index}`));
        const outlay = outlayOf(planOf(...parts), limits(minimum, stepMinor));
        if (outlay.kind !== 'pay') {
          expect(total(parts) < minimum || total(parts) < stepMinor).toBe(true);
          return;
        }
        expect(total(outlay.parts) + total(outlay.rest)).toBe(total(parts));
        expect(total(outlay.parts) % stepMinor).toBe(0n);
        expect(total(outlay.parts)).toBeGreaterThanOrEqual(stepMinor);
        expect(total(outlay.rest)).toBeLessThan(stepMinor);
      }),
    );
  });
});
