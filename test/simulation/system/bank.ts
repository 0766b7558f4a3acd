import type { TradelaneRecord } from '../../../events/event-record.v1.ts';
import type { BankPayoutOutcome } from '../../../events/messages/bank-payout-outcome.v1.ts';
import { sendAll } from '../../../src/adapters/sqs/send.ts';
import { mostKeptMinor } from '../../../src/money/bank-charges.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { payoutStream } from '../../../src/platform/ids.ts';
import { registerAccount } from '../../../src/settlement/register-account.ts';
import type { Task } from '../engine/tasks.ts';
import { type EventOf, eventsOf, firstOf } from '../invariants/support/history.ts';
import type { Bookkeeping } from './bookkeeping.ts';
import { nowOf, type Plant, storesOf } from './plant.ts';

type Payment = EventOf<'PayoutInstructionAdded'>;

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;
const MOST_TRIES = 60;
/** How often it is looked, every few days, whether a return is known. */
const MOST_WAITS = 60;
/** From this attempt on the bank pays, so that every payout comes to an end. */
const LAST_ATTEMPT = 4;
const bookedAt = '2026-12-01T06:00:00.000Z';
/** Of a statement's payments so many meet trouble, where a world has any. */
const PAYMENT_TROUBLE = 0.3;
const TOO_MUCH_MINOR = 30_000n;
/** Longer than the three business days in which a debit is awaited. */
const LATE_DAYS = 9;

/**
 * The bank, and the sellers it pays: some days after a batch was closed it debits each payment, or
 * refuses it, or gives it back, and may say so twice; where it writes statements they say so, and what
 * it refuses it gives back. A seller who was not paid names another account.
 */
export const createBank =
  (plantOf: () => Plant) =>
  ({ streamId, marketplaceId, events }: TradelaneRecord): void => {
    if (!events.some(({ type }) => type === 'PayoutBatchClosed')) return;
    const plant = plantOf();
    const batch = plant.events.streams.get(streamId) ?? [];
    for (const payment of eventsOf(batch, 'PayoutInstructionAdded')) {
      const { bookkeeping } = plant;
      if (bookkeeping === null) void settle(plant, marketplaceId, payment);
      else void debit(plant, bookkeeping, { marketplaceId, payment });
    }
  };

/** Whether a payment is to come back after it was debited, whatever else would become of it. */
const isToComeBack = ({ bankReturns }: Plant, { attempt, tradeId }: Payment): boolean =>
  attempt === 1 && bankReturns.has(tradeId);

async function settle(plant: Plant, marketplaceId: string, payment: Payment): Promise<void> {
  const { random } = plant.sim;
  const fates = ['paid', 'paid', 'refused', 'returned'] as const;
  const comesBack = isToComeBack(plant, payment);
  const drawn = payment.attempt >= LAST_ATTEMPT ? 'paid' : random.pick(fates);
  const fate = comesBack ? 'returned' : drawn;
  const isDebited = fate === 'paid' || (fate === 'returned' && random.chance(0.7));
  if (isDebited || comesBack) await say(plant, payment, { kind: 'confirmed', bookedAt });
  if (comesBack) await wait(plant, random.between(DAY_SECONDS, 10 * DAY_SECONDS));
  if (fate === 'paid') return;
  if (fate === 'refused') await say(plant, payment, { kind: 'failed', code: 'AC01', bookedAt });
  else await say(plant, payment, givenBack(plant, payment));
  await wait(plant, random.between(0, 3 * DAY_SECONDS));
  await nameAccount(plant, marketplaceId, payment);
}

function givenBack(plant: Plant, payment: Payment): BankPayoutOutcome['outcome'] {
  return { kind: 'returned', returned: returnedOf(plant, payment), code: 'AC04', bookedAt };
}

/** What comes back of a payment: the bank may keep its charges of it, and never all of it. */
function returnedOf({ sim }: Plant, { amount }: Payment): Money {
  const charges = Number(mostKeptMinor({}, amount));
  const most = Math.min(2_000, charges, Number(amount.amountMinor) - 1);
  const kept = BigInt(sim.random.between(0, most));
  return money(amount.currency, amount.amountMinor - kept);
}

/** Waits until settlement has heard that a payment came back. */
const knownAsReturned = ({ witness }: Plant, { payoutId, endToEndId }: Payment): Promise<void> =>
  new Promise((resolve) =>
    witness.call(
      {
        ...{ streamId: payoutStream(payoutId), types: ['PayoutReturned'] },
        isIt: (event) => event.type === 'PayoutReturned' && event.transferId === endToEndId,
      },
      resolve,
    ),
  );

const isKnownAsReturned = ({ events }: Plant, { payoutId, endToEndId }: Payment): boolean =>
  eventsOf(events.streams.get(payoutStream(payoutId)) ?? [], 'PayoutReturned').some(
    ({ transferId }) => transferId === endToEndId,
  );

/** What a bank that writes statements does: the trouble with a payment is seen there, and no message. */
async function debit(
  plant: Plant,
  { draw, troubleOf, move }: Bookkeeping,
  { marketplaceId, payment }: { readonly marketplaceId: string; readonly payment: Payment },
): Promise<void> {
  const { endToEndId, amount, attempt } = payment;
  const isReturned = isToComeBack(plant, payment) || (attempt < LAST_ATTEMPT && draw.chance(0.25));
  const trouble = isReturned ? null : troubleOf(['late', 'too_much', 'twice'], PAYMENT_TROUBLE);
  const debited = {
    ...({ kind: 'payment', endToEndId, trouble } as const),
    amount: money(
      amount.currency,
      -amount.amountMinor - (trouble === 'too_much' ? TOO_MUCH_MINOR : 0n),
    ),
  };
  const late = trouble === 'late' ? LATE_DAYS * DAY_SECONDS : 0;
  await wait(plant, draw.between(0, DAY_SECONDS) + late);
  move(trouble === 'twice' ? { ...debited, trouble: null } : debited);
  if (trouble === 'twice') {
    await wait(plant, draw.between(0, 2 * DAY_SECONDS));
    move(debited);
  }
  if (!isReturned) return;
  await wait(plant, draw.between(0, 10 * DAY_SECONDS));
  const returned = returnedOf(plant, payment);
  move({ kind: 'return', endToEndId, amount: returned, returnReason: 'AC04' });
  let waits = 0;
  do await wait(plant, draw.between(1, 3 * DAY_SECONDS));
  while (!isKnownAsReturned(plant, payment) && ++waits < MOST_WAITS);
  // Who asks for ever keeps the world from its rest, in which what lies dead is redriven.
  if (!isKnownAsReturned(plant, payment)) await knownAsReturned(plant, payment);
  await nameAccount(plant, marketplaceId, payment);
}

async function say(
  plant: Plant,
  { payoutId, endToEndId }: Payment,
  outcome: BankPayoutOutcome['outcome'],
): Promise<void> {
  const message: BankPayoutOutcome = {
    ...{ kind: 'bank_payout_outcome', version: 1, payoutId, endToEndId, outcome },
    messageId: `statement#${outcome.kind}#${endToEndId}`,
  };
  await wait(plant, plant.sim.random.between(0, DAY_SECONDS));
  const times = plant.sim.random.chance(0.3) ? 2 : 1;
  for (let time = 1; time <= times; time += 1) {
    await insist(plant, 'statements', (task) =>
      sendAll(plant.queues.clientFor(task), 'settlement', [message]),
    );
  }
}

/** The seller of a payment that did not arrive names another account. */
async function nameAccount(plant: Plant, marketplaceId: string, payment: Payment): Promise<void> {
  const records = plant.events.streams.get(payoutStream(payment.payoutId)) ?? [];
  const payoutAccountId = firstOf(records, 'PayoutRequested')?.destination ?? '';
  await nameBankAccount(plant, {
    ...{ marketplaceId, payoutAccountId, requestId: payment.endToEndId },
  });
}

/** Names a bank account as the API does, for as long as it takes. */
export const nameBankAccount = (
  plant: Plant,
  account: {
    readonly marketplaceId: string;
    readonly payoutAccountId: string;
    readonly requestId: string;
  },
): Promise<void> =>
  insist(plant, 'payouts-api', (task) =>
    registerAccount(
      { sellers: storesOf(plant, task).sellers, now: nowOf(plant, task) },
      { ...account, country: 'KR' },
    ),
  );

/** One run of a function after the other, each of which may die, until one has done it. */
export async function insist(
  plant: Plant,
  name: string,
  act: (task: Task) => Promise<unknown>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await runOnce(plant, name, act);
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
      await wait(plant, Math.min(HOUR_SECONDS, 2 ** tries));
    }
  }
}

export const runOnce = (
  { sim }: Plant,
  name: string,
  act: (task: Task) => Promise<unknown>,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const task = sim.startTask(name);
    task.onDeath = () => reject(new Error(`${name} died.`));
    act(task).then(() => resolve(), reject);
  });

export const wait = ({ sim }: Plant, seconds: number): Promise<void> =>
  new Promise((resolve) => {
    sim.scheduler.at(sim.scheduler.nowMs() + seconds * 1_000, () =>
      sim.scheduler.add({
        ...{ task: 'bank', kind: 'bank.wait', subject: '' },
        run: () => {
          resolve();
          return '';
        },
      }),
    );
  });
