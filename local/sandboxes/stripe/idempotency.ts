import { invalidRequest, StripeApiError } from './errors.ts';

/** An answer as it was first sent: what a repeated request gets again. */
export type StoredReply = { status: number; body: unknown; requestId: string };

export type IdempotentCall = {
  account: string;
  key: string;
  path: string;
  /** The same text for the same parameters. */
  fingerprint: string;
};

type Entry = {
  path: string;
  fingerprint: string;
  startedAtMs: number;
  reply: StoredReply | undefined;
};

export type IdempotencyKeys = {
  /**
   * Claims the key, or gives what it was answered before.
   * @throws StripeApiError 400 idempotency_error for other parameters, 409
   * idempotency_key_in_use while the first request is still being carried out.
   */
  claim(call: IdempotentCall): StoredReply | undefined;
  keep(call: IdempotentCall, reply: StoredReply): void;
  /** Frees a claimed key: nothing was carried out, so nothing is remembered. */
  free(call: IdempotentCall): void;
  /** Forgets answers at least that old; returns how many. */
  prune(olderThanSeconds: number): number;
};

const maximumKeyLength = 255;
const keptForMs = 24 * 60 * 60 * 1000;

/** Stripe's memory of idempotency keys: per account, for a day. */
export function createIdempotencyKeys(clock: () => Date): IdempotencyKeys {
  const entries = new Map<string, Entry>();
  const nameOf = (call: IdempotentCall) => `${call.account} ${call.key}`;
  const nowMs = () => clock().getTime();

  return {
    claim(call) {
      if (call.key.length > maximumKeyLength) throw keyTooLong(call.key);
      const entry = entries.get(nameOf(call));
      if (!entry || (entry.reply && nowMs() - entry.startedAtMs >= keptForMs)) {
        const { path, fingerprint } = call;
        entries.set(nameOf(call), { path, fingerprint, startedAtMs: nowMs(), reply: undefined });
        return undefined;
      }
      if (entry.path !== call.path) throw otherEndpoint(call, entry.path);
      if (entry.fingerprint !== call.fingerprint) throw otherParameters(call.key);
      if (!entry.reply) throw keyInUse(call.key);
      return entry.reply;
    },
    keep(call, reply) {
      const entry = entries.get(nameOf(call));
      if (!entry) throw new Error(`The idempotency key ${call.key} was not claimed.`);
      entry.reply = reply;
    },
    free(call) {
      entries.delete(nameOf(call));
    },
    prune(olderThanSeconds) {
      const before = entries.size;
      for (const [name, entry] of entries) {
        const ageMs = nowMs() - entry.startedAtMs;
        if (entry.reply && ageMs >= olderThanSeconds * 1000) entries.delete(name);
      }
      return before - entries.size;
    },
  };
}

/** 409, while the first request with the key is still being carried out. */
export function keyInUse(key: string): StripeApiError {
  return new StripeApiError(409, {
    type: 'invalid_request_error',
    code: 'idempotency_key_in_use',
    message:
      'There is currently another in-progress request using this Idempotent Key (that probably ' +
      `means you submitted twice, and the other request is still going through): ${key}. ` +
      'Please try again later.',
  });
}

function otherParameters(key: string): StripeApiError {
  return new StripeApiError(400, {
    type: 'idempotency_error',
    message:
      'Keys for idempotent requests can only be used with the same parameters they were first ' +
      `used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

function otherEndpoint(call: IdempotentCall, firstPath: string): StripeApiError {
  return new StripeApiError(400, {
    type: 'idempotency_error',
    message:
      'Keys for idempotent requests can only be used for the same endpoint they were first used ' +
      `for ('${call.path}' vs '${firstPath}'). Try using a key other than '${call.key}' if you ` +
      'meant to execute a different request.',
  });
}

function keyTooLong(key: string): StripeApiError {
  return invalidRequest(
    `Idempotency keys may be up to ${maximumKeyLength} characters; this one has ${key.length}.`,
  );
}
