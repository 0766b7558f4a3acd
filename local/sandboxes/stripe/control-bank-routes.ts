import * as z from 'zod/mini';
import type { BankControl } from './control-bank.ts';
import { type ControlRoute, type MakeRoute, readBody } from './control-call.ts';

const amount = z.int().check(z.gte(1));
const code = z.string().check(z.regex(/^[a-z_]{1,64}$/));
const id = z.string().check(z.regex(/^\w{1,128}$/));

const opening = z.strictObject({
  charge: id,
  amount: z.optional(amount),
  reason: z.optional(code),
  inquiry: z.optional(z.boolean()),
});
const ending = z.strictObject({ outcome: z.enum(['won', 'lost']) });
const capability = z.strictObject({
  status: z.enum(['active', 'inactive', 'pending', 'unrequested']),
});
const sweep = z.strictObject({ currency: z.string().check(z.regex(/^[a-z]{3}$/)) });

/** What banks do, by `curl`. */
export function bankRoutes(control: BankControl, route: MakeRoute): ControlRoute[] {
  return [
    ...disputeRoutes(control, route),
    ...payoutRoutes(control, route),
    route(['POST', '/refunds/:id/complete'], 'A pending refund arrives', ({ path }) =>
      control.completeRefund(path['id'] ?? ''),
    ),
    route(['POST', '/refunds/:id/fail'], 'A refund comes back: {reason?}', (call) =>
      control.failRefund(
        call.path['id'] ?? '',
        readBody(call, z.strictObject({ reason: z.optional(code) })).reason,
      ),
    ),
    route(
      ['POST', '/accounts/:id/capabilities/:name'],
      'An account gains or loses a capability: {status: active | inactive | pending | unrequested}',
      (call) => {
        const { status } = readBody(call, capability);
        return control.setCapability(call.path['id'] ?? '', call.path['name'] ?? '', status);
      },
    ),
    route(['POST', '/clock/advance'], 'Let time pass: {seconds}', (call) => {
      const { seconds } = readBody(call, z.strictObject({ seconds: amount }));
      control.advanceClock(seconds);
      return { advancedSeconds: seconds };
    }),
  ];
}

function disputeRoutes(control: BankControl, route: MakeRoute): ControlRoute[] {
  return [
    route(
      ['POST', '/disputes'],
      'A bank disputes a charge: {charge (or payment intent), amount?, reason?, inquiry?}',
      (call) => {
        const { charge, ...rest } = readBody(call, opening);
        return control.openDispute(charge, rest);
      },
    ),
    route(['POST', '/charges/:id/fraud_warning'], 'The network warns of fraud', ({ path }) =>
      control.warnOfFraud(path['id'] ?? ''),
    ),
    route(['POST', '/disputes/:id/end'], 'The bank decides: {outcome: won | lost}', (call) =>
      control.endDispute(call.path['id'] ?? '', readBody(call, ending).outcome),
    ),
    route(['POST', '/disputes/:id/escalate'], 'An inquiry becomes a chargeback', ({ path }) =>
      control.escalateDispute(path['id'] ?? ''),
    ),
    route(['POST', '/disputes/:id/give_back'], 'The bank gives a part back: {amount}', (call) =>
      control.giveBackDispute(
        call.path['id'] ?? '',
        readBody(call, z.strictObject({ amount })).amount,
      ),
    ),
  ];
}

function payoutRoutes(control: BankControl, route: MakeRoute): ControlRoute[] {
  return [
    route(['POST', '/payouts/:id/pay'], 'A payout arrives', ({ path }) =>
      control.payPayout(path['id'] ?? ''),
    ),
    route(
      ['POST', '/payouts/:id/fail'],
      'A payout comes back, also after it was paid: {failure_code?}',
      (call) =>
        control.failPayout(
          call.path['id'] ?? '',
          readBody(call, z.strictObject({ failure_code: z.optional(code) })).failure_code,
        ),
    ),
    route(
      ['POST', '/accounts/:id/sweep'],
      'Stripe pays out all that is available, as on its schedule: {currency}',
      (call) => control.sweepToBank(call.path['id'] ?? '', readBody(call, sweep).currency),
    ),
    route(['POST', '/accounts/:id/mend'], 'Its bank accounts take payouts again', ({ path }) => ({
      data: control.mendBankAccounts(path['id'] ?? ''),
    })),
  ];
}
