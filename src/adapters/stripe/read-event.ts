import * as z from 'zod/mini';

/**
 * The release of Stripe's API whose objects the product reads: what the pinned SDK asks for. An
 * event is written in the version of the endpoint that it is sent to, so the two can differ.
 */
export const STRIPE_API_RELEASE = 'endive';

const eventId = z.string().check(z.regex(/^evt_[A-Za-z0-9_]{1,120}$/));
const eventType = z.string().check(z.minLength(1), z.maxLength(100));
const accountId = z.string().check(z.regex(/^acct_[A-Za-z0-9_]{1,120}$/));
const objectId = z.string().check(z.regex(/^[\x21-\x7e]{1,128}$/));

/** The part of a snapshot event that says what changed. All else is read from Stripe. */
const Snapshot = z.object({
  id: eventId,
  object: z.literal('event'),
  type: eventType,
  livemode: z.boolean(),
  account: z.optional(z.nullable(accountId)),
  api_version: z.optional(z.nullable(z.string().check(z.maxLength(64)))),
  data: z.object({
    object: z.object({ id: z.optional(objectId), customer: z.optional(z.unknown()) }),
  }),
});

/** A thin event: it names the object that changed and holds nothing of it. */
const Thin = z.object({
  id: eventId,
  object: z.literal('v2.core.event'),
  type: eventType,
  livemode: z.boolean(),
  /** The account, or the way to it through its organization. */
  context: z.optional(z.nullable(z.string().check(z.maxLength(512)))),
  related_object: z.optional(z.nullable(z.object({ id: objectId }))),
});

/** What an event tells, in whichever of its forms it came. */
export type StripeChange = {
  readonly eventId: string;
  /** As snapshots spell it: a thin `v1.transfer.created` is `transfer.created`. */
  readonly type: string;
  readonly livemode: boolean;
  /** Undefined where the object has no id of its own, as a balance has none. */
  readonly objectId: string | undefined;
  /** The connected account that it happened on. */
  readonly account: string | undefined;
  /** False where the payload is of another release than ours; thin events have no release. */
  readonly isOurRelease: boolean;
};

/** A cash balance has no id: it is its customer's. */
function objectOf(
  type: string,
  { id, customer }: { readonly id?: string | undefined; readonly customer?: unknown },
): string | undefined {
  if (id !== undefined || !type.startsWith('cash_balance.')) return id;
  const owner = objectId.safeParse(customer);
  return owner.success ? owner.data : undefined;
}

/**
 * Reads a snapshot or a thin event of any age; undefined for what is neither.
 *
 * @param value parsed JSON.
 */
export function readStripeEvent(value: unknown): StripeChange | undefined {
  const snapshot = Snapshot.safeParse(value);
  if (snapshot.success) {
    const { id, type, livemode, account, api_version: version, data } = snapshot.data;
    return {
      ...{ eventId: id, type, livemode, objectId: objectOf(type, data.object) },
      account: account ?? undefined,
      isOurRelease: version?.split('.')[1] === STRIPE_API_RELEASE,
    };
  }
  const thin = Thin.safeParse(value);
  if (!thin.success) return undefined;
  const { id, type, livemode, context, related_object: related } = thin.data;
  return {
    ...{ eventId: id, type: type.replace(/^v1\./, ''), livemode },
    objectId: related?.id,
    account: /acct_[A-Za-z0-9_]{1,120}/.exec(context ?? '')?.[0],
    isOurRelease: true,
  };
}
