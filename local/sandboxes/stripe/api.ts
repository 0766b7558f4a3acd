import { setTimeout as wait } from 'node:timers/promises';
import type { createRouter, SandboxRequest } from '../http.ts';
import { authenticate, type Credentials, refusePublishableKey } from './authentication.ts';
import { settleDue } from './due.ts';
import { type Call, type Endpoint, parametersOf } from './endpoint.ts';
import { invalidRequest, StripeApiError } from './errors.ts';
import { checkExpansions, expand, expansion } from './expand.ts';
import { type Fault, type Faults, refuseForFault, unknownFailure } from './faults.ts';
import { canonicalForm, FormError, type FormFields } from './forms.ts';
import type { IdempotencyKeys, IdempotentCall, StoredReply } from './idempotency.ts';
import { readParameters } from './parameters.ts';
import type { RequestLog } from './request-log.ts';
import type { World } from './world.ts';

export type Reply = { status: number; body: unknown; headers: Record<string, string> };

/** What answers the API: the state, its endpoints, and what may go wrong on purpose. */
export type Api = {
  world: World;
  route: ReturnType<typeof createRouter<Endpoint>>;
  idempotency: IdempotencyKeys;
  faults: Faults;
  requests: RequestLog;
};

/** One request on its way, once its endpoint and its account are known. */
type Request = {
  api: Api;
  endpoint: Endpoint;
  path: Record<string, string>;
  wire: SandboxRequest;
  form: FormFields;
  credentials: Credentials;
  requestId: string;
  /** Only POST requests are idempotent by key. */
  idempotent: IdempotentCall | undefined;
};

/** Answers one request, or says that its connection is to be cut. */
export async function answer(api: Api, wire: SandboxRequest): Promise<Reply | 'reset'> {
  const requestId = `req_${api.world.ids.characters(14)}`;
  settleDue(api.world);
  try {
    const request = admit(api, wire, requestId);
    const fault = api.faults.take(wire.method, wire.path);
    if (fault?.kind === 'reset_before_execution') return 'reset';
    refuseForFault(fault, wire.headers['idempotency-key'] ?? null);
    const stored = request.idempotent && api.idempotency.claim(request.idempotent);
    if (stored) {
      api.requests.count(wire.method, request.endpoint.path, 'replayed');
      return replyTo(wire, api, { stored, requestId, replayed: true });
    }
    const fresh = await carryOut(request, fault);
    return fresh === 'reset' ? fresh : replyTo(wire, api, { stored: fresh, requestId });
  } catch (error) {
    const { headers, ...stored } = refusal(error, requestId);
    const reply = replyTo(wire, api, { stored, requestId });
    return { ...reply, headers: { ...reply.headers, ...headers } };
  }
}

function admit(api: Api, wire: SandboxRequest, requestId: string): Request {
  const credentials = authenticate(api.world, wire);
  const match = api.route(wire.method, wire.path);
  if (!match) throw unrecognized(wire);
  const { handler: endpoint } = match.route;
  api.requests.count(wire.method, endpoint.path, 'received');
  if (credentials.publishable && !endpoint.publishable) refusePublishableKey();
  const form = parametersOf(wire);
  const key = wire.headers['idempotency-key'];
  const idempotent: IdempotentCall | undefined =
    key === undefined || wire.method !== 'POST'
      ? undefined
      : { key, account: credentials.account, path: wire.path, fingerprint: canonicalForm(form) };
  const path = match.pathParameters;
  return { api, endpoint, path, wire, form, credentials, requestId, idempotent };
}

/**
 * Carries the request out and remembers the answer under its key, a failure too; only a request
 * that was refused for its parameters leaves the key free.
 */
async function carryOut(
  request: Request,
  fault: Fault | undefined,
): Promise<StoredReply | 'reset'> {
  const { api, idempotent, requestId } = request;
  const keep = (reply: StoredReply) => {
    if (idempotent && isKept(request, reply)) api.idempotency.keep(idempotent, reply);
    else if (idempotent) api.idempotency.free(idempotent);
    return reply;
  };
  const prepared = prepare(request);
  if (fault?.kind === 'slow') await wait(fault.delayMs ?? 1_000, undefined, { ref: false });
  const reply = execute(request, prepared);
  if (fault?.kind === 'error_after_execution') {
    const failure = refusal(unknownFailure(), requestId);
    keep(fault.remember === 'success' ? reply : failure);
    return failure;
  }
  keep(reply);
  return fault?.kind === 'reset_after_execution' ? 'reset' : reply;
}

/** Version 2 of the API repeats successes alone: what failed is tried again. */
const isKept = ({ endpoint }: Request, { status }: StoredReply): boolean =>
  status < 400 || !endpoint.path.startsWith('/v2/');

type Prepared = { call: Call; expansions: readonly string[] };

function prepare(request: Request): Prepared {
  const { api, endpoint, form, credentials, requestId, idempotent } = request;
  try {
    const { expand: expansions = [], ...parameters } = readParameters(form, {
      ...endpoint.parameters,
      ...expansion,
    });
    checkExpansions(expansions, endpoint.returns);
    const cause = { requestId, idempotencyKey: idempotent?.key ?? null };
    const { world } = api;
    const version = request.wire.headers['stripe-version'] ?? world.settings.apiVersion;
    const scope = { world, ...credentials, cause, version };
    return { expansions, call: { ...scope, path: request.path, parameters } };
  } catch (error) {
    if (idempotent) api.idempotency.free(idempotent);
    throw error;
  }
}

function execute(request: Request, { call, expansions }: Prepared): StoredReply {
  const { api, endpoint, requestId } = request;
  api.requests.count(endpoint.method, endpoint.path, 'executed');
  try {
    const result = endpoint.execute(call);
    // A copy: what is remembered under the key must not follow later changes.
    const body = structuredClone(expand(api.world.store, result, expansions));
    return { status: 200, body, requestId };
  } catch (error) {
    return refusal(error, requestId);
  }
}

/** A fault of the sandbox itself is a 500 like Stripe's, but one that says what happened. */
function refusal(error: unknown, requestId: string) {
  const refused = toApiError(error);
  const request_log_url = `https://dashboard.stripe.com/test/logs/${requestId}`;
  const body = { error: { ...refused.error, request_log_url } };
  return {
    status: refused.status,
    body: structuredClone(body),
    headers: refused.headers,
    requestId,
  };
}

function toApiError(error: unknown): StripeApiError {
  if (error instanceof StripeApiError) return error;
  if (error instanceof FormError) return invalidRequest(error.message);
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return unknownFailure(`The sandbox failed: ${detail}`);
}

function unrecognized({ method, path }: SandboxRequest): StripeApiError {
  return new StripeApiError(404, {
    type: 'invalid_request_error',
    message:
      `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we ` +
      'can help at https://support.stripe.com/. The Tradelane sandbox serves a part of the API: ' +
      'GET /_sandbox lists it.',
  });
}

function replyTo(
  wire: SandboxRequest,
  api: Api,
  answered: { stored: StoredReply; requestId: string; replayed?: boolean },
): Reply {
  const { stored, requestId, replayed } = answered;
  const { status, body } = stored;
  const key = wire.headers['idempotency-key'];
  const account = wire.headers['stripe-account'];
  const isFinal = status < 500 && status !== 409 && status !== 429;
  return {
    status,
    body,
    headers: {
      'request-id': requestId,
      'stripe-version': api.world.settings.apiVersion,
      ...(account !== undefined && { 'stripe-account': account }),
      ...(key !== undefined && { 'idempotency-key': key, 'original-request': stored.requestId }),
      ...(key !== undefined && isFinal && { 'stripe-should-retry': 'false' }),
      ...(replayed && { 'idempotent-replayed': 'true' }),
    },
  };
}
