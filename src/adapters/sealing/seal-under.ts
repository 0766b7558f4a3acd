import { hkdfSync } from 'node:crypto';
import type { PartySeal } from '../../parties/ports.ts';
import { KEY_BYTES, open, seal } from './cipher.ts';

/**
 * A seal that takes every one of the given data keys to open: its own key is derived from all of them and
 * kept nowhere, so it is gone as soon as one of them is.
 */
export function sealUnder(dataKeys: readonly Uint8Array[]): PartySeal {
  const key = new Uint8Array(
    hkdfSync('sha256', Buffer.concat(dataKeys), '', 'tradelane/party-seal/v1', KEY_BYTES),
  );
  return {
    close: (context, bytes) => seal(key, bytes, context),
    open: (context, sealed) => {
      try {
        return open(key, sealed, context);
      } catch {
        return undefined;
      }
    },
  };
}
