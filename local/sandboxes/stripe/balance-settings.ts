import type { Stripe } from 'stripe';
import { endpoint } from './endpoint.ts';
import { flag, group, listOf, oneOf, text, unsupportedParameters } from './parameters.ts';
import type { World } from './world.ts';

const url = '/v1/balance_settings';

type Payments = Stripe.BalanceSettings['payments'];

/** Manual payouts, until they are set otherwise: money that is held must not leave by itself. */
const untouched: Payments = {
  debit_negative_balances: false,
  payouts: {
    automatic_transfer_rules_by_currency: null,
    minimum_balance_by_currency: null,
    schedule: { interval: 'manual' },
    statement_descriptor: null,
    status: 'enabled',
  },
  settlement_timing: { delay_days: 2, start_of_day: null },
};

const settingsOf = (world: World, account: string): Stripe.BalanceSettings => ({
  object: 'balance_settings',
  payments: world.balanceSettings.get(account) ?? untouched,
});

export const balanceSettingsEndpoints = [
  endpoint({
    method: 'GET',
    path: url,
    parameters: {},
    returns: { kind: null },
    execute: ({ world, account }) => settingsOf(world, account),
  }),
  endpoint({
    method: 'POST',
    path: url,
    parameters: {
      payments: group({
        debit_negative_balances: flag(),
        payouts: group({
          ...unsupportedParameters('automatic_transfer_rules_by_currency'),
          ...unsupportedParameters('minimum_balance_by_currency'),
          schedule: group({
            interval: oneOf(['daily', 'manual', 'monthly', 'weekly']),
            weekly_payout_days: listOf(text()),
            ...unsupportedParameters('monthly_payout_days'),
          }),
          statement_descriptor: text({ maximumLength: 22 }),
        }),
        ...unsupportedParameters('settlement_timing'),
      }),
    },
    returns: { kind: null },
    execute({ world, account, parameters }) {
      const { payments: current } = settingsOf(world, account);
      const { debit_negative_balances: debits, payouts } = parameters.payments ?? {};
      world.balanceSettings.set(account, {
        ...current,
        ...(debits !== undefined && { debit_negative_balances: debits }),
        payouts: {
          ...(current.payouts as NonNullable<Payments['payouts']>),
          ...(payouts?.schedule && { schedule: scheduleOf(payouts.schedule) }),
          ...(payouts?.statement_descriptor !== undefined && {
            statement_descriptor: payouts.statement_descriptor,
          }),
        },
      });
      return settingsOf(world, account);
    },
  }),
];

const scheduleOf = (given: {
  interval: 'daily' | 'manual' | 'monthly' | 'weekly' | undefined;
  weekly_payout_days: string[] | undefined;
}): NonNullable<Payments['payouts']>['schedule'] => ({
  interval: given.interval ?? 'manual',
  ...(given.weekly_payout_days && { weekly_payout_days: given.weekly_payout_days }),
});
