import type { RandomBytes } from './ids.ts';

/** Where signed events are posted, as a webhook in EasyPost's account page would be set up. */
export type WebhookOptions = {
  url: string;
  /** Default: the sandbox's own `webhookSecret`. */
  secret?: string;
};

export type EasyPostSandboxOptions = {
  /** Default: a free port. */
  port?: number;
  clock?: () => Date;
  /** Any key that starts with `EZTKsandbox` is accepted; this is the one to show. */
  apiKey?: string;
  /** Signs for every webhook that is set up without a secret of its own. Default: generated. */
  webhookSecret?: string;
  webhooks?: readonly WebhookOptions[];
  /** Whether parcels move by themselves, a scan each time, or only by command. */
  advance?: { everyMs: number } | 'manual';
  /** The waits before each repeated delivery; their number is the number of retries. */
  webhookRetryDelaysMs?: readonly number[];
  webhookTimeoutMs?: number;
  /** Source of ids and secrets; a simulator passes its own to repeat a run. */
  random?: RandomBytes;
  /** Looked at only to refuse a live key. Default: the environment of this process. */
  env?: Record<string, string | undefined>;
};

export const sandboxKeyPrefix = 'EZTKsandbox';

/** The sandbox must never stand beside a key that buys real postage. */
export class LiveKeyPresentError extends Error {
  readonly code = 'SANDBOX.LIVE_KEY_PRESENT';
}

/** @throws LiveKeyPresentError when the environment holds a production key of EasyPost. */
export function refuseLiveKey(env: Record<string, string | undefined>): void {
  if (!env['EASYPOST_API_KEY']?.trim().startsWith('EZAK')) return;
  throw new LiveKeyPresentError(
    'EASYPOST_API_KEY holds a production key. The EasyPost sandbox does not start beside it: ' +
      'unset the key to use the sandbox, or use real EasyPost without the sandbox.',
  );
}
