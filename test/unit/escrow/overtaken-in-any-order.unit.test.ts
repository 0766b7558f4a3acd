import * as fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { decideEscrow } from '../../../src/escrow/decide.ts';
import { evolveEscrow } from '../../../src/escrow/evolve.ts';
import { isFrozen, openMilestones } from '../../../src/escrow/holdings.ts';
import type { FundedState, Refund } from '../../../src/escrow/state.ts';
import { balancesOf, isBalanced } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { commands, histories, reportedRefund } from './escrow-states.ts';
import { fundedOf, grown } from './grown.ts';
import { bulkEndsAt, passInspectionEnd } from './milestones.ts';

/**
 * An award or a refund of released money, and what the provider and the buyer's bank do about it, in any
 * order: the refund is made or not, fails and is tried anew; chargebacks are opened, lost and won.
 */
const paidMinor = story.escrowFunded.received.amountMinor;
const wholeMinor = story.tradeOpened.amount.amountMinor;
const at = story.chargebackLost.closedAt;
const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);

const steps = ['value', 'submit', 'settle', 'fail', 'retry', 'open', 'lose', 'win'] as const;
type Step = { readonly act: (typeof steps)[number]; readonly share: bigint };
const anySteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ act: fc.constantFrom(...steps), share: fc.bigInt({ min: 1n, max: 100n }) }),
  { maxLength: 25 },
);

const total = (amounts: readonly { readonly amountMinor: bigint }[]): bigint =>
  amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

const sumOf = (refunds: readonly Refund[], ...wanted: readonly Refund['status'][]): bigint =>
  total(refunds.filter(({ status }) => wanted.includes(status)).map(({ amount }) => amount));

/** What the provider gives back, or has given. */
const standing = ({ refunds }: FundedState): bigint => sumOf(refunds, 'submitted', 'settled');

const disputed = ({ chargebacks }: FundedState): bigint =>
  total(chargebacks.filter(({ status }) => status !== 'won').map(({ amount }) => amount));

/** A trade to which commands come; what is refused changes nothing. */
function trade(start: readonly EscrowEvent[]) {
  let state = fundedOf(start);
  const events = [...start];
  return {
    run: (command: EscrowCommand): void => {
      const decision = decideEscrow(command, state);
      if (decision.kind !== 'decided') return;
      events.push(...decision.events);
      state = decision.events.reduce(evolveEscrow, state) as FundedState;
    },
    state: () => state,
    events: () => events,
  };
}

type Trade = ReturnType<typeof trade>;
type Acts<Name extends Step['act']> = Readonly<Record<Name, (share: bigint) => void>>;

/** The buyer's bank disputes a part of what is left of the charge, and decides. */
function bank({ run, state }: Trade): Acts<'open' | 'lose' | 'win'> & { beyond: () => bigint } {
  let beyond = 0n;
  const tell = (status: 'open' | 'won' | 'lost', chargebackId: string, minor: bigint) => {
    const withdrawn = usd((minor * 114n) / 100n);
    const reinstated = status === 'won' ? withdrawn : usd(0n);
    const sums = { amount: eur(minor), withdrawn, reinstated };
    const chargeback = reportedChargeback({ chargebackId, status, ...sums });
    run({ ...commands.RecordChargebackLost, chargeback, at });
  };
  const end = (status: 'lost' | 'won') => {
    const open = state().chargebacks.find((each) => each.status === 'open');
    if (open === undefined) return;
    const { amountMinor } = open.amount;
    const owed = sumOf(state().refunds, 'requested', 'valued', 'failed');
    if (status === 'lost' && amountMinor > owed) beyond += amountMinor - owed;
    tell(status, open.chargebackId, amountMinor);
  };
  return {
    open: (share) => {
      const minor = ((paidMinor - standing(state()) - disputed(state())) * share) / 100n;
      if (minor > 0n) tell('open', `du_${state().chargebacks.length}`, minor);
    },
    lose: () => end('lost'),
    win: () => end('won'),
    /** What the bank gave the buyer that nobody owed it. */
    beyond: () => beyond,
  };
}

/** The provider makes a refund, which may fail, also after it had gone through. */
function provider({ run, state }: Trade): Acts<'value' | 'submit' | 'settle' | 'fail' | 'retry'> {
  let made = 0;
  const inStatus = (...wanted: readonly Refund['status'][]) =>
    state().refunds.find(({ status }) => wanted.includes(status));
  const report = (
    refund: Refund | undefined,
    status: 'pending' | 'succeeded' | 'failed',
    providerRefundId = refund?.providerRefundId ?? '',
  ) => {
    if (refund === undefined) return;
    const { refundId, attempt, amount } = refund;
    const debited = usd((amount.amountMinor * 114n) / 100n);
    const sums = status === 'succeeded' ? { debited, fee: usd(0n) } : { debited: null, fee: null };
    const reported = reportedRefund({ refundId, attempt, amount, status, providerRefundId });
    run({ ...commands.RecordRefund, refund: { ...reported, ...sums }, at });
  };
  return {
    value: () =>
      run({ ...commands.ValueRefund, refundId: inStatus('requested')?.refundId ?? '', at }),
    submit: () => {
      const refund = inStatus('valued');
      if (refund === undefined || isFrozen(state())) return;
      // The provider gives back no more than is left of the charge.
      const given = standing(state()) + disputed(state());
      expect(given + refund.amount.amountMinor <= paidMinor).toBe(true);
      made += 1;
      report(refund, 'pending', `re_${made}`);
    },
    settle: () => report(inStatus('submitted'), 'succeeded'),
    fail: () => report(inStatus('submitted', 'settled'), 'failed'),
    retry: () => run({ type: 'RetryRefund', refundId: inStatus('failed')?.refundId ?? '', at }),
  };
}

function world(start: readonly EscrowEvent[]) {
  const one = trade(start);
  const { beyond, ...ofBank } = bank(one);
  const acts: Acts<Step['act']> = { ...ofBank, ...provider(one) };
  return {
    ...one,
    beyond,
    take: ({ act, share }: Step) => acts[act](share),
    /** Everything ends: chargebacks are lost, refunds are made, what is left is released. */
    rest: () => {
      while (isFrozen(one.state())) acts.lose(1n);
      for (let round = 0; round < 10; round += 1) {
        for (const act of ['retry', 'value', 'submit', 'settle'] as const) acts[act](1n);
      }
      one.run(passInspectionEnd(bulkEndsAt));
    },
  };
}

type World = ReturnType<typeof world>;

const left = (events: readonly EscrowEvent[], account: string, currency: string): bigint =>
  balancesOf(events.flatMap(journalize))
    .filter((balance) => balance.account === account && balance.currency === currency)
    .reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0n);

const covered = ({ chargebacks }: FundedState): bigint =>
  total(chargebacks.flatMap(({ taken }) => taken?.covered ?? []));

/** What holds at any moment: nothing goes back twice, and the books balance. */
function expectSound(one: World): void {
  expect(isBalanced(balancesOf(one.events().flatMap(journalize)))).toBe(true);
  expect(standing(one.state()) + covered(one.state()) <= paidMinor).toBe(true);
  expect(left(one.events(), '2100', 'USD') <= 0n).toBe(true);
}

/** What holds in the end: the buyer has what was decided, by refund or bank, and nobody owes more. */
function expectDone(one: World, decidedMinor: bigint): void {
  const [state, events] = [one.state(), one.events()];
  expect(standing(state) + covered(state)).toBe(decidedMinor + one.beyond());
  for (const account of ['2310', '1300']) expect(left(events, account, 'EUR')).toBe(0n);
  expect([left(events, '1300', 'USD'), left(events, '2100', 'USD')]).toEqual([0n, 0n]);
  expect(openMilestones(state)).toEqual([]);
  const debts = events.flatMap((event) =>
    event.type === 'SellerDebtIncurred' ? [event.amount] : [],
  );
  expect(left(events, '1310', 'USD')).toBe(total(debts));
}

describe('What was decided for the buyer, whatever the provider and the bank do in whatever order', () => {
  it.each(['of held money, by an award', 'of released money, by a refund'])(
    'reaches the buyer once: %s',
    (kind) => {
      fc.assert(
        fc.property(fc.bigInt({ min: 100n, max: wholeMinor }), anySteps, (minor, taken) => {
          const start =
            kind === 'of held money, by an award'
              ? grown(histories.escalated, { ...commands.DecideDispute, toBuyer: usd(minor) })
              : grown(histories.delivered, passInspectionEnd(bulkEndsAt), {
                  ...{ ...commands.RequestRefund, amount: eur((minor * paidMinor) / wholeMinor) },
                });
          const one = world(start);
          const [decided] = one.state().refunds;
          for (const step of taken) {
            one.take(step);
            expectSound(one);
          }
          one.rest();
          expectSound(one);
          expectDone(one, decided?.amount.amountMinor ?? 0n);
        }),
        { numRuns: 150 },
      );
    },
  );
});
