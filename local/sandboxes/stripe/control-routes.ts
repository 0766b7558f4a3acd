import * as z from 'zod/mini';
import type { StripeSandboxControl } from './control.ts';
import { bankRoutes } from './control-bank-routes.ts';
import { type ControlCall, type ControlRoute, type MakeRoute, readBody } from './control-call.ts';
import { faultKinds } from './faults.ts';

const types = z.optional(z.array(z.string()));

const webhookMode = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('normal') }),
  z.strictObject({ mode: z.literal('duplicate'), types }),
  z.strictObject({ mode: z.literal('reorder'), types, count: z.optional(z.int().check(z.gte(1))) }),
  z.strictObject({ mode: z.literal('delay'), types, delayMs: z.int().check(z.gte(0)) }),
  z.strictObject({ mode: z.literal('drop'), types }),
  z.strictObject({ mode: z.literal('twin'), types }),
]);

const fault = z.strictObject({
  kind: z.enum(faultKinds),
  method: z.optional(z.string()),
  path: z.optional(z.string()),
  times: z.optional(z.int().check(z.gte(1))),
  delayMs: z.optional(z.int().check(z.gte(0))),
  remember: z.optional(z.enum(['failure', 'success'])),
});

const account = z.strictObject({
  id: z.optional(z.string().check(z.regex(/^acct_\w+$/))),
  country: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/))),
  defaultCurrency: z.optional(z.string().check(z.regex(/^[a-z]{3}$/))),
  restricted: z.optional(z.boolean()),
});

const webhookEndpoint = z.strictObject({
  url: z.url(),
  secrets: z.optional(z.array(z.string())),
  connect: z.optional(z.boolean()),
  events: z.optional(z.array(z.string())),
  apiVersion: z.optional(z.string()),
  payload: z.optional(z.enum(['snapshot', 'thin'])),
});

/** Drops what was not given, which an optional field of ours is not allowed to hold. */
function given<Fields extends object>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]: Exclude<Fields[Name], undefined>;
  };
}

/** The control surface over HTTP: what a test can do in process, a person can do by `curl`. */
export function controlRoutes(control: StripeSandboxControl): ControlRoute[] {
  const route = (
    [method, path]: readonly [string, string],
    about: string,
    handler: (call: ControlCall) => unknown,
  ): ControlRoute => ({ method, path: `/_sandbox${path}`, about, handler });

  return [
    route(['POST', '/payment_intents/:id/pay'], 'A buyer pays: {payment_method?}', (call) => {
      const body = readBody(call, z.strictObject({ payment_method: z.optional(z.string()) }));
      return control.pay(call.path['id'] ?? '', { paymentMethod: body.payment_method });
    }),
    route(['POST', '/payment_intents/:id/transfer'], 'A bank transfer: {amount}', (call) => {
      const body = readBody(call, z.strictObject({ amount: z.int().check(z.gte(1)) }));
      return control.transfer(call.path['id'] ?? '', body.amount);
    }),
    route(
      ['POST', '/payment_intents/:id/settle'],
      'A debit on its way ends: {outcome: succeeds | fails}',
      (call) => {
        const outcome = z.enum(['succeeds', 'fails']);
        const body = readBody(call, z.strictObject({ outcome }));
        return control.settleDebit(call.path['id'] ?? '', body.outcome);
      },
    ),
    route(
      ['POST', '/accounts'],
      'Open a connected account: {id?, country?, defaultCurrency?, restricted?}',
      (call) => control.openAccount(readBody(call, account)),
    ),
    route(['GET', '/balance'], 'A balance, of the platform or of ?account=', ({ request }) =>
      control.balance(new URLSearchParams(request.query).get('account') ?? undefined),
    ),
    ...bankRoutes(control, route),
    ...webhookRoutes(control, route),
    route(
      ['POST', '/faults'],
      `Make the next matching call fail: {kind, method?, path?, times?, delayMs?, remember?}; kind is one of ${faultKinds.join(', ')}; * in path matches anything`,
      (call) => {
        control.injectFault(readBody(call, fault));
        return { pending: control.pendingFaults() };
      },
    ),
    route(['GET', '/faults'], 'Faults that no call has met yet', () => ({
      pending: control.pendingFaults(),
    })),
    route(['DELETE', '/faults'], 'Forget those faults', () => {
      control.clearFaults();
      return { pending: [] };
    }),
    route(['POST', '/idempotency/prune'], 'Forget answered keys: {olderThanSeconds?}', (call) => {
      const body = readBody(call, z.strictObject({ olderThanSeconds: z.optional(z.number()) }));
      return { pruned: control.pruneIdempotencyKeys(body.olderThanSeconds) };
    }),
    route(['GET', '/requests'], 'Calls by method and path', () => ({ data: control.requests() })),
  ];
}

function webhookRoutes(control: StripeSandboxControl, route: MakeRoute): ControlRoute[] {
  return [
    route(
      ['POST', '/webhooks'],
      'How events are delivered from now on: {mode: normal | duplicate | twin | reorder | delay | drop, types?, count?, delayMs?}',
      (call) => {
        const mode = readBody(call, webhookMode);
        control.setWebhookMode(mode);
        return mode;
      },
    ),
    route(['POST', '/webhooks/release'], 'Send what reorder holds, last first', async () => {
      await control.releaseWebhooks();
      return { data: control.deliveries() };
    }),
    route(
      ['POST', '/webhook_endpoints'],
      'Add an endpoint: {url, secrets?, connect?, events?, apiVersion?, payload?: snapshot | thin}',
      (call) => control.addWebhookEndpoint(given(readBody(call, webhookEndpoint))),
    ),
    route(['POST', '/events/:id/resend'], 'Deliver an event again', async ({ path }) => ({
      data: await control.resendEvent(path['id'] ?? ''),
    })),
    route(['GET', '/deliveries'], 'Every delivery with its attempts', () => ({
      data: control.deliveries(),
    })),
  ];
}
