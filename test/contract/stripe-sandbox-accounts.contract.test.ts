import type { Stripe } from 'stripe';
import { refusal, withSandbox } from './stripe-sandbox.support.ts';

const running = withSandbox({ rates: { usd: '1.10', chf: '0.95' } });

describe('an account of version 2', () => {
  it('is the account of version 1, by its recipient configuration', async () => {
    const { sandbox, stripe } = running();
    const include: Stripe.V2.Core.AccountCreateParams.Include[] = [
      ...(['configuration.recipient', 'identity', 'defaults', 'requirements'] as const),
    ];
    const account = await stripe.v2.core.accounts.create({
      ...{ contact_email: 'seller@example.com', display_name: 'Seller', dashboard: 'express' },
      identity: { country: 'de', entity_type: 'company' },
      configuration: {
        recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
      },
      include,
    });
    const transfers = (seen: Stripe.V2.Core.Account) =>
      seen.configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers?.status;
    expect(transfers(account)).toBe('active');
    const missing = { account: 'acct_none', use_case: { type: 'account_update' } } as const;
    const options = { idempotencyKey: 'link-that-fails' };
    const failed = () => refusal(stripe.v2.core.accountLinks.create(missing, options));
    expect((await failed()).statusCode).toBe(404);
    // Version 2 tries again what failed; version 1 would answer from its memory.
    expect((await failed()).headers?.['idempotent-replayed']).toBeUndefined();
    expect(await stripe.accounts.retrieve(account.id)).toMatchObject({ default_currency: 'eur' });
    sandbox.control.setCapability(account.id, 'transfers', 'inactive');
    expect(transfers(await stripe.v2.core.accounts.retrieve(account.id, { include }))).toBe(
      'restricted',
    );
    const changed = await stripe.v2.core.accounts.update(account.id, {
      ...{ metadata: { seller: '7' }, include },
    });
    expect(changed.metadata).toEqual({ seller: '7' });
    const refresh_url = 'https://example.com/again';
    const link = await stripe.v2.core.accountLinks.create({
      account: account.id,
      use_case: {
        type: 'account_onboarding',
        account_onboarding: { refresh_url },
      },
    });
    expect(link).toMatchObject({ object: 'v2.core.account_link', account: account.id });
  });
});

describe('accounts of version 2', () => {
  it('are listed page by page, by what they are applied to', async () => {
    const { stripe } = running();
    const opened: string[] = [];
    for (const display_name of ['One', 'Two', 'Three']) {
      const { id } = await stripe.v2.core.accounts.create({
        ...{ display_name, dashboard: 'express', identity: { country: 'de' } },
        configuration: {
          recipient: {
            capabilities: { stripe_balance: { stripe_transfers: { requested: true } } },
          },
        },
      });
      opened.unshift(id);
    }
    const listed: string[] = [];
    const applied_configurations = ['recipient' as const];
    const pages = stripe.v2.core.accounts.list({ applied_configurations, limit: 2 });
    for await (const { id } of pages) listed.push(id);
    expect(listed.slice(0, 3)).toEqual(opened);
    expect(new Set(listed).size).toBe(listed.length);
    const first = await pages;
    expect(first).toMatchObject({ data: [{}, {}], previous_page_url: null });
    expect(first.next_page_url).toContain('applied_configurations[0]=recipient');
    const merchants = { applied_configurations: ['merchant' as const] };
    expect((await stripe.v2.core.accounts.list(merchants)).data).toEqual([]);
    expect((await stripe.v2.core.accounts.list({ closed: true })).data).toEqual([]);
  });
});

describe('an account of version 1', () => {
  it('is opened with the bank account of its token, and asks for capabilities', async () => {
    const { stripe } = running();
    const token = await stripe.tokens.create({
      bank_account: { country: 'CH', currency: 'chf', account_number: 'CH9300762011623852957' },
    });
    const account = await stripe.accounts.create({
      ...{ type: 'custom', country: 'CH', external_account: token.id },
      capabilities: { card_payments: { requested: true } },
    });
    expect(account.external_accounts?.data[0]).toMatchObject({ last4: '2957', currency: 'chf' });
    const again = stripe.accounts.create({ country: 'CH', external_account: token.id });
    expect((await refusal(again)).code).toBe('token_already_used');
    const before = await stripe.accounts.retrieveCapability(account.id, 'transfers');
    expect(before).toMatchObject({ status: 'unrequested', requested: false });
    await stripe.accounts.updateCapability(account.id, 'transfers', { requested: true });
    const { data } = await stripe.accounts.listCapabilities(account.id);
    expect(data.map(({ id, status }) => [id, status])).toEqual([
      ['card_payments', 'active'],
      ['transfers', 'active'],
    ]);
    expect((await stripe.accounts.list()).data[0]?.id).toBe(account.id);
  });
});
