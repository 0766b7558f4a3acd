import { sellerAccountIdFor } from '../../../src/platform/ids.ts';
import { DEFAULT_CORRIDORS } from '../../../src/settlement/corridors.ts';
import { retryPayout } from '../../../src/settlement/retry.ts';
import { runSeller } from '../../../src/settlement/run.ts';
import { payRelease } from '../../../src/settlement/settle.ts';
import { marketplaceId, story } from '../../support/builders.ts';
import { releaseOf, settlementDesk } from './desk.ts';

const { sourceChargeId: _, ...uncharged } = releaseOf(1, 50_000n);

/** A trade that receipts have paid, whose seller is paid at that account. */
function desk(payoutAccountId: string, balance = { isThere: false }) {
  const base = settlementDesk({ payoutAccountId });
  const release = { ...uncharged, payoutAccountId, paidByReceipts: true as const };
  const { stripe_transfer: transfers } = base.ports.rails;
  const ports = {
    ...base.ports,
    corridors: DEFAULT_CORRIDORS,
    rails: {
      ...base.ports.rails,
      stripe_transfer: {
        ...transfers,
        check: async (request: Parameters<typeof transfers.check>[0]) =>
          request.paidByReceipts === undefined || balance.isThere
            ? transfers.check(request)
            : ({ kind: 'blocked', code: 'balance_top_up_needed' } as const),
      },
    },
  };
  return {
    ...{ ...base, ports, balance },
    pay: () => payRelease(ports, release, { marketplaceId, cause: 'release' }),
    look: (payoutId: string) =>
      retryPayout(ports, { payoutId, cause: `look-${base.clock.at}` }, 'recheck'),
  };
}

describe('A payout of what receipts have paid', () => {
  it('goes by the bank file to a seller with a bank account', async () => {
    const { pay, ports } = desk('bank_seller');
    await runSeller(
      ports,
      {
        sellerAccountId: sellerAccountIdFor(marketplaceId, 'bank_seller'),
        cause: 'register',
        owner: { tradeId: 'trd_1', marketplaceId },
      },
      {
        ...{ type: 'RegisterAccount', payoutAccountId: 'bank_seller', country: 'DE' },
        ...{ accountReference: 'bka_1', at: story.milestoneReleased.releasedAt },
      },
    );
    const { state } = await pay();
    expect(state).toMatchObject({ status: 'submitted', terms: { rail: 'bank_file' } });
    expect(state).not.toHaveProperty('terms.paidByReceipts');
  });

  it('waits, and says what for, while Stripe’s balance is short', async () => {
    const { pay, look, rail, balance, advance } = desk('acct_seller');
    const { state } = await pay();
    expect(state).toMatchObject({
      ...{ status: 'failed', code: 'balance_top_up_needed' },
      terms: { rail: 'stripe_transfer', paidByReceipts: true },
    });
    const { payoutId } = 'terms' in state ? state.terms : { payoutId: '' };
    advance(86_400);
    expect(await look(payoutId)).toMatchObject({
      record: { events: [{ type: 'PayoutRetryDeferred', code: 'balance_top_up_needed' }] },
    });
    balance.isThere = true;
    advance(86_400);
    expect(await look(payoutId)).toMatchObject({ state: { status: 'submitted' } });
    expect(rail.transfers).toHaveLength(1);
  });

  it('goes at once where the balance covers it', async () => {
    const { pay, rail } = desk('acct_seller', { isThere: true });
    expect(await pay()).toMatchObject({ state: { status: 'submitted' } });
    expect(rail.transfers).toHaveLength(1);
  });
});
