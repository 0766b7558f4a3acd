import { acceptTrade } from '../../../src/escrow/accept-trade.ts';
import { loadEscrow } from '../../../src/escrow/collect.ts';
import { balancesOf, isBalanced } from '../../../src/ledger/balances.ts';
import { money } from '../../../src/money/money.ts';
import { fold } from '../../../src/platform/execute.ts';
import { sellerStream } from '../../../src/platform/ids.ts';
import { openDebts, sellerEvolution } from '../../../src/settlement/seller-state.ts';
import { story, tradeId } from '../../support/builders.ts';
import { reportedChargeback } from '../../support/fake-chargebacks.ts';
import { order, proposal, proposalOf } from './office.ts';
import { type Manners, postOffice, stripeMessage } from './post.ts';

const { chargebackId } = story.chargebackOpened;
const { payoutAccountId } = order.parties.seller;
const usd = (amountMinor: bigint) => money('USD', amountMinor);
/** What one trade pays the seller, and what it was released with the platform's fee. */
const [NET, RELEASED] = [1_121_250n, 1_150_000n];

const inOrder: Manners = { pick: () => 0, repeats: () => false };
const lastFirstAndTwice = (): Manners => {
  let turn = 0;
  const oldestNowAndThen = (waiting: number): number => {
    turn += 1;
    return turn % 3 === 0 ? 0 : waiting - 1;
  };
  return { pick: oldestNowAndThen, repeats: () => true };
};

function setUp(manners: Manners) {
  const post = postOffice(manners);
  const { desk } = post;
  const told: string[] = [];

  /** A trade of the same seller from its checkout to the transfer's confirmation. */
  const trade = async (checkout = proposal): Promise<void> => {
    await desk.open(checkout);
    const paymentIntentId = `pi_${desk.payments.created()}`;
    desk.payments.pay(paymentIntentId, { chargeId: `ch_of_${paymentIntentId}` });
    post.send('payments', stripeMessage('payment_intent.succeeded', paymentIntentId));
    await post.deliverAll();
    await acceptTrade(
      desk.ports.escrow,
      { tradeId: checkout.tradeId, cause: `api#${checkout.tradeId}` },
      { requestId: checkout.tradeId },
    );
    await post.deliverAll();
    for (const { transferId } of desk.rail.transfers.filter(
      (transfer) => !told.includes(transfer.transferId),
    )) {
      told.push(transferId);
      post.send('payments', stripeMessage('transfer.created', transferId));
    }
    await post.deliverAll();
  };

  /** The buyer's bank takes back the charge of the first trade, or a part of it, for good. */
  const chargeBack = async (amountMinor: bigint, withdrawnMinor: bigint): Promise<void> => {
    const chargeback = {
      ...{ tradeId, chargeId: 'ch_of_pi_1', amount: money('EUR', amountMinor) },
      withdrawn: usd(withdrawnMinor),
    };
    desk.payments.chargebacks.put(reportedChargeback(chargeback));
    post.send('payments', stripeMessage('charge.dispute.created', chargebackId));
    await post.deliverAll();
    desk.payments.chargebacks.put(reportedChargeback({ ...chargeback, status: 'lost' }));
    post.send('payments', stripeMessage('charge.dispute.closed', chargebackId));
    await post.deliverAll();
  };

  const entries = () => desk.records().flatMap(({ journal }) => journal);
  return {
    ...post,
    trade,
    chargeBack,
    paid: () => desk.rail.transfers.map(({ amount }) => amount.amountMinor),
    statusOf: async (id: string) => (await loadEscrow(desk.ports.escrow, id)).status,
    debts: async () => {
      const records = await desk.ports.settlement.sellers.load(sellerStream(payoutAccountId));
      return openDebts(fold(sellerEvolution, records)).map(({ remaining }) => remaining);
    },
    /** As finance's list has it. */
    listed: async (status: 'open' | 'closed') => {
      const query = { marketplaceId: proposal.marketplaceId, status, limit: 9 };
      return (await desk.views.listDebts(query)).map((one) => [
        ...[one.payoutAccountId, one.status, one.remaining.amountMinor],
      ]);
    },
    /** What sellers owe by the books, by the id that each trade knows its seller by. */
    receivable: () => {
      const owed = new Map<string, bigint>();
      for (const { account, scope, amountMinor } of entries().flatMap(({ legs }) => legs)) {
        if (account !== '1310') continue;
        owed.set(scope ?? '-', (owed.get(scope ?? '-') ?? 0n) + amountMinor);
      }
      return Object.fromEntries(owed);
    },
    kinds: () =>
      entries()
        .map(({ kind }) => kind)
        .filter((kind) => kind === 'chargeback_lost' || kind === 'receivable_recovered'),
    isBalanced: () => isBalanced(balancesOf(entries())),
  };
}

const debtor = proposal.seller.partyId;

describe.each([
  { how: 'in their order', manners: () => inOrder },
  { how: 'last first and each twice', manners: lastFirstAndTwice },
])('A chargeback lost after the release, with messages $how', ({ manners }) => {
  it('is the seller’s debt, which the next payout pays less by', async () => {
    const world = setUp(manners());
    await world.trade();
    expect(world.paid()).toEqual([NET]);
    await world.chargeBack(102_467n, 116_000n);
    const [debt] = await world.debts();
    expect(world.receivable()).toEqual({ [debtor]: debt?.amountMinor });
    expect(await world.listed('open')).toEqual([[payoutAccountId, 'open', debt?.amountMinor]]);
    await world.trade(proposalOf('checkout-2'));
    expect(world.paid()).toEqual([NET, NET - (debt?.amountMinor ?? 0n)]);
    expect(await world.debts()).toEqual([]);
    expect(await world.listed('open')).toEqual([]);
    expect(await world.listed('closed')).toEqual([[payoutAccountId, 'recovered', 0n]]);
    expect(world.receivable()).toEqual({ [debtor]: 0n });
    expect(world.kinds()).toEqual(['chargeback_lost', 'receivable_recovered']);
    expect(world.isBalanced()).toBe(true);
    expect(world.deadLetters).toEqual([]);
  });

  it('of all of it takes all of the next payout, and the rest of the one after', async () => {
    const world = setUp(manners());
    await world.trade();
    await world.chargeBack(1_024_674n, 1_160_000n);
    expect(await world.debts()).toEqual([usd(RELEASED)]);
    const [second, third] = [proposalOf('checkout-2'), proposalOf('checkout-3')];
    await world.trade(second);
    expect(world.paid()).toEqual([NET]);
    expect(await world.debts()).toEqual([usd(RELEASED - NET)]);
    expect(await world.listed('open')).toEqual([[payoutAccountId, 'open', RELEASED - NET]]);
    expect(await world.statusOf(second.tradeId)).toBe('settled');
    await world.trade(third);
    expect(world.paid()).toEqual([NET, NET - (RELEASED - NET)]);
    expect(world.receivable()).toEqual({ [debtor]: 0n });
    expect(world.isBalanced()).toBe(true);
    expect(world.deadLetters).toEqual([]);
  });
});
