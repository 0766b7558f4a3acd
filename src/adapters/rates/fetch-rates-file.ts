import { ecbFileLimitBytes } from './ecb.ts';
import { RatesFetchError, RatesFileError } from './errors.ts';

/**
 * The text the ECB publishes at `url` now, read as UTF-8 and cut off at the size limit.
 *
 * `RatesFetchError` where nothing usable answered within `timeoutMs`; `RatesFileError` where the
 * answer is larger than any file of rates.
 */
export const fetchEcbDaily = async ({
  url,
  timeoutMs,
  fetch = globalThis.fetch,
}: {
  url: string;
  timeoutMs: number;
  fetch?: typeof globalThis.fetch;
}): Promise<string> => {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/xml, text/xml' },
      signal,
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new RatesFetchError('rates.fetch_status', `Expected 200, got ${response.status}.`);
    }
    return await readText(response);
  } catch (error) {
    throw toRatesError(error, { timedOut: signal.aborted, timeoutMs });
  }
};

const readText = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > ecbFileLimitBytes) {
      throw new RatesFileError(
        'rates.file_too_large',
        `Expected at most ${ecbFileLimitBytes} bytes of rates.`,
      );
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
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
