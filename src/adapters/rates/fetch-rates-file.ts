import { RatesFetchError, RatesFileError } from './errors.ts';

export type RatesFileRequest = {
  readonly url: string;
  readonly timeoutMs: number;
  readonly limitBytes: number;
  readonly fetch?: typeof globalThis.fetch;
};

/**
 * The text that a publisher of rates has at `url` now, cut off at the size limit. It encodes back to
 * the very bytes that came, byte order mark included, so that its hash is theirs.
 *
 * `RatesFetchError` where nothing usable answered within `timeoutMs`; `RatesFileError` where the
 * answer is larger than any file of rates, or not UTF-8.
 */
export const fetchRatesFile = async ({
  url,
  timeoutMs,
  limitBytes,
  fetch = globalThis.fetch,
}: RatesFileRequest): Promise<string> => {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/xml, text/xml, application/json' },
      signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new RatesFetchError('rates.fetch_status', `Expected 200, got ${response.status}.`);
    }
    return decodeRatesFile(await readBytes(response, limitBytes));
  } catch (error) {
    throw toRatesError(error, { timedOut: signal.aborted, timeoutMs });
  }
};

/** @throws RatesFileError `rates.not_text` for bytes that are not UTF-8. */
export const decodeRatesFile = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new RatesFileError('rates.not_text', 'Not UTF-8 text.', { cause: error });
  }
};

const readBytes = async (response: Response, limitBytes: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > limitBytes) {
      throw new RatesFileError(
        'rates.file_too_large',
        `Expected at most ${limitBytes} bytes of rates.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const toRatesError = (
  error: unknown,
  { timedOut, timeoutMs }: { timedOut: boolean; timeoutMs: number },
): Error => {
  if (error instanceof RatesFetchError || error instanceof RatesFileError) {
    return error;
  }
  if (timedOut) {
    return new RatesFetchError('rates.fetch_timeout', `No answer within ${timeoutMs} ms.`, {
      cause: error,
    });
  }
  return new RatesFetchError('rates.fetch_unreachable', 'The publisher of rates did not answer.', {
    cause: error,
  });
};
