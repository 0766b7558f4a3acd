import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { jsonResponse } from './http.ts';
import { count, logger } from './observe.ts';
import { ProblemError } from './problem.ts';
import { limitBody } from './request.ts';

/** Providers send up to a few hundred kilobytes; what is larger is none of theirs. */
const WEBHOOK_LIMIT_BYTES = 1_000_000;

/** What a provider's reader makes of a webhook. Only `queue` leads to a write. */
export type WebhookReading =
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'ignored'; readonly what: string }
  | {
      readonly kind: 'queue';
      readonly messages: readonly unknown[];
      /** What an operator should put right, though the message can be worked as it is. */
      readonly warning?: string;
    };

export type WebhookReader = (request: {
  readonly rawBody: Buffer;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
}) => Promise<WebhookReading>;

/**
 * Takes a webhook in: verified on its raw bytes, queued, answered. A bad signature is 401 and a
 * metric; only a failed write is 5xx, so that the provider sends it again.
 */
export async function takeWebhook(
  event: APIGatewayProxyEventV2,
  options: {
    readonly provider: string;
    readonly read: WebhookReader;
    readonly send: (messages: readonly unknown[]) => Promise<void>;
    readonly now: () => Date;
  },
): Promise<APIGatewayProxyStructuredResultV2> {
  const { provider, read, send, now } = options;
  const rawBody = limitBody(event, WEBHOOK_LIMIT_BYTES);
  const { headers, queryStringParameters: query = {} } = event;
  const reading = await read({ rawBody, headers, query, now: now() });
  switch (reading.kind) {
    case 'refused':
      count('WebhookRejected');
      logger.warn('A webhook was refused.', { provider, reason: reading.reason });
      throw new ProblemError({
        status: 401,
        code: `webhook.${reading.reason}`,
        detail: 'The webhook is not signed as this provider signs, or not now.',
      });
    case 'ignored':
      count('WebhookIgnored', { name: 'what', value: `${provider} ${reading.what}` });
      return jsonResponse(200, { received: true, ignored: reading.what });
    case 'queue':
      if (reading.warning !== undefined) warn(provider, reading.warning);
      await send(reading.messages);
      return jsonResponse(200, { received: true });
    default: {
      const unknownReading: never = reading;
      return unknownReading;
    }
  }
}

function warn(provider: string, warning: string): void {
  count('WebhookSuspicious', { name: 'what', value: `${provider} ${warning}` });
  logger.warn('A webhook is not as it should be, and was taken.', { provider, warning });
}
