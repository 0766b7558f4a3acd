import * as fc from 'fast-check';
import { assertBalanced } from '../../../src/ledger/journal.ts';
import { money } from '../../../src/money/money.ts';
import { stripeAccountChanged } from '../../../src/settlement/seller-desk.ts';
import { openDebts, waitingCredits } from '../../../src/settlement/seller-state.ts';
import { recordProviderTransfer } from '../../../src/settlement/settle.ts';
import { settlementDesk } from './desk.ts';

const accountId = 'acct_sandbox_harbor_motion';
const corridors = [{ rails: ['stripe_transfer' as const], minimum: money('USD', 50n) }];

type Desk = ReturnType<typeof settlementDesk>;
type World = { readonly desk: Desk; readonly payoutIds: string[]; readonly debts: bigint[] };

const index = fc.nat(40);
const minor = fc.bigInt({ min: 1n, max: 200n });

/** What may happen around one seller, in any order. */
const actions = fc.oneof(
  { weight: 3, arbitrary: minor.map((netMinor) => ({ kind: 'release', netMinor }) as const) },
  { weight: 8, arbitrary: index.map((at) => ({ kind: 'take', at }) as const) },
  { weight: 3, arbitrary: index.map((at) => ({ kind: 'take two at once', at }) as const) },
  { weight: 2, arbitrary: index.map((at) => ({ kind: 'hand out again', at }) as const) },
  { weight: 2, arbitrary: minor.map((amount) => ({ kind: 'owe', amount }) as const) },
  fc.constantFrom('block', 'unblock', 'refuse', 'allow', 'lose answer').map((what) => ({
    kind: 'rail' as const,
    what,
  })),
  { weight: 2, arbitrary: fc.constant({ kind: 'account changed' } as const) },
  { weight: 2, arbitrary: index.map((at) => ({ kind: 'recheck', at }) as const) },
  { weight: 2, arbitrary: index.map((at) => ({ kind: 'confirm', at }) as const) },
  fc.record({
    kind: fc.constant('reverse' as const),
    at: index,
    share: fc.integer({ min: 1, max: 4 }),
  }),
  fc.integer({ min: 1, max: 30 }).map((hours) => ({ kind: 'advance' as const, hours })),
);
type Action = typeof actions extends fc.Arbitrary<infer T> ? T : never;

/** A worker whose call fails leaves its message to the next try. */
const tried = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);

function setRail({ rail }: Desk, what: string): void {
  if (what === 'block') rail.block('transfers_inactive');
  else if (what === 'unblock') rail.block();
  else if (what === 'refuse') rail.refuse('stripe.refused');
  else if (what === 'allow') rail.refuse();
  else rail.loseAnswer();
}

async function act({ desk, payoutIds, debts }: World, action: Action, step: number): Promise<void> {
  const cause = `step#${step}`;
  switch (action.kind) {
    case 'release':
      payoutIds.push(desk.release(payoutIds.length + 1, action.netMinor));
      return;
    case 'take':
      await desk.take(action.at);
      return;
    case 'take two at once':
      await Promise.all([desk.take(action.at), desk.take(action.at + 1)]);
      return;
    case 'hand out again': {
      const message = desk.waiting[action.at % Math.max(1, desk.waiting.length)];
      if (message !== undefined) desk.waiting.push(message);
      return;
    }
    case 'owe':
      debts.push(action.amount);
      desk.owe(`dp_${debts.length}`, action.amount);
      return;
    case 'rail':
      setRail(desk, action.what);
      return;
    case 'account changed':
      await tried(stripeAccountChanged(desk.ports, { accountId, cause }));
      return;
    case 'recheck': {
      const payoutId = payoutIds[action.at % Math.max(1, payoutIds.length)];
      if (payoutId !== undefined) await tried(desk.deadline('payout_retry', payoutId));
      return;
    }
    case 'confirm':
      await confirm(desk, action.at, cause);
      return;
    case 'reverse':
      await reverse(desk, action);
      await confirm(desk, action.at, cause);
      return;
    case 'advance':
      desk.advance(action.hours * 3_600);
      return;
    default: {
      const unknownAction: never = action;
      throw new Error(`Unknown action ${JSON.stringify(unknownAction)}`);
    }
  }
}

async function confirm({ rail, ports }: Desk, at: number, cause: string): Promise<void> {
  const transfer = rail.transfers[at % Math.max(1, rail.transfers.length)];
  if (transfer?.payoutId == null) return;
  const told = await recordProviderTransfer(
    ports,
    { payoutId: transfer.payoutId, cause: `${cause}#${transfer.transferId}` },
    transfer,
  );
  expect(told.kind).not.toBe('rejected');
}

async function reverse(
  { rail }: Desk,
  { at, share }: { readonly at: number; readonly share: number },
): Promise<void> {
  const transfer = rail.transfers[at % Math.max(1, rail.transfers.length)];
  if (transfer === undefined) return;
  const { currency, amountMinor } = transfer.amount;
  const part = (amountMinor * BigInt(share)) / 4n;
  const reversed = part > transfer.reversed.amountMinor ? part : transfer.reversed.amountMinor;
  rail.reverse(transfer.transferId, money(currency, reversed));
}

/** Everything comes to rest: the account can be paid, nothing is lost, and days go by. */
async function rest(world: World): Promise<void> {
  const { desk, payoutIds } = world;
  for (const what of ['unblock', 'allow']) setRail(desk, what);
  for (let day = 1; day <= 6; day += 1) {
    await desk.takeAll();
    desk.advance(86_400);
    await tried(stripeAccountChanged(desk.ports, { accountId, cause: `rest#${day}` }));
    for (const payoutId of payoutIds) await tried(desk.deadline('payout_retry', payoutId));
    for (const at of desk.rail.transfers.keys()) await confirm(desk, at, `rest#${day}`);
  }
  await desk.takeAll();
}

const total = (amounts: readonly { readonly amountMinor: bigint }[]): bigint =>
  amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

function balance({ records }: Desk, account: string): bigint {
  const legs = records.flatMap(({ journal }) => journal).flatMap((entry) => entry.legs);
  return total(legs.filter((leg) => leg.account === account));
}

async function check({ desk, payoutIds, debts }: World): Promise<void> {
  const { records, rail } = desk;
  records.flatMap(({ journal }) => journal).forEach(assertBalanced);
  for (const payoutId of payoutIds) {
    const made = rail.transfers.filter((transfer) => transfer.payoutId === payoutId);
    expect(made.length).toBeLessThanOrEqual(1);
  }
  const events = records.flatMap((record) => record.events);
  const released = events.flatMap((one) => (one.type === 'MilestoneReleased' ? [one.net] : []));
  const seller = await desk.seller();
  const sent = total(rail.transfers.map(({ amount }) => amount));
  const back = total(rail.transfers.map(({ reversed }) => reversed));
  const owed = total(openDebts(seller).map(({ remaining }) => remaining));
  const recovered = debts.reduce((sum, amount) => sum + amount, 0n) - owed;
  const waits = total(waitingCredits(seller).map(({ amount }) => amount));
  expect(total(released)).toBe(sent - back + recovered + waits);
  expect(balance(desk, '1100')).toBe(back - sent);
  expect(balance(desk, '1310')).toBe(-recovered);
  expect(balance(desk, '2200')).toBe(-waits);
  expect(balance(desk, '2300')).toBe(0n);
  for (const payoutId of payoutIds) {
    const { status } = await desk.stateOf(payoutId);
    expect(['settled', 'rolled_forward', 'set_off', 'paid_through']).toContain(status);
  }
}

describe('Failures, returns, retries, reversals and debts in any order', () => {
  it('never pay twice, and conserve every minor unit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(actions, { minLength: 5, maxLength: 60 }), async (list) => {
        const world: World = { desk: settlementDesk({ corridors }), payoutIds: [], debts: [] };
        for (const [step, action] of list.entries()) await act(world, action, step);
        await rest(world);
        await check(world);
      }),
      { numRuns: 200 },
    );
  });
});
