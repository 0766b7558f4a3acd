import { fetchRatesFile } from '../../../src/adapters/rates/fetch-rates-file.ts';

const url = 'https://rates.example/daily.xml';
const limitBytes = 256 * 1024;

const fetchedFrom = (fetch: typeof globalThis.fetch): Promise<string> =>
  fetchRatesFile({ url, timeoutMs: 5_000, limitBytes, fetch });

const answering =
  (...answer: ConstructorParameters<typeof Response>): typeof globalThis.fetch =>
  async () =>
    new Response(...answer);

const failing =
  (error: unknown): typeof globalThis.fetch =>
  async () => {
    throw error;
  };

describe('A publisher that answers', () => {
  it('gives its text, asked for with a time limit', async () => {
    const seen: Parameters<typeof globalThis.fetch>[] = [];
    const text = await fetchedFrom(async (...request) => {
      seen.push(request);
      return new Response('<Envelope>€</Envelope>');
    });
    expect(text).toBe('<Envelope>€</Envelope>');
    expect(seen).toEqual([
      [
        url,
        {
          headers: { accept: 'application/xml, text/xml, application/json' },
          signal: expect.any(AbortSignal),
        },
      ],
    ]);
  });

  it('in several chunks gives them joined, to the byte, with its byte order mark', async () => {
    const bytes = new TextEncoder().encode('\uFEFF<a>€</a>');
    const chunks = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(bytes.slice(0, 7));
        controller.enqueue(bytes.slice(7));
        controller.close();
      },
    });
    expect(await fetchedFrom(answering(chunks))).toBe('\uFEFF<a>€</a>');
  });

  it('with bytes that are no text is refused', async () => {
    const bytes = new Uint8Array([0x3c, 0x61, 0xff, 0xfe, 0x3e]);
    await expect(fetchedFrom(answering(bytes))).rejects.toMatchObject({
      name: 'RatesFileError',
      code: 'rates.not_text',
    });
  });

  it('with nothing gives empty text', async () => {
    expect(await fetchedFrom(answering(null))).toBe('');
  });

  it('with more than any file of rates is cut off', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    });
    await expect(fetchedFrom(answering(endless))).rejects.toMatchObject({
      name: 'RatesFileError',
      code: 'rates.file_too_large',
    });
    const exactly = await fetchedFrom(answering('x'.repeat(limitBytes)));
    expect(exactly).toHaveLength(limitBytes);
  });
});

describe('A publisher in trouble', () => {
  it.each([[404], [500], [503]])('is reported by its status %p', async (status) => {
    await expect(fetchedFrom(answering('Sorry', { status }))).rejects.toMatchObject({
      code: 'rates.fetch_status',
      message: `Expected 200, got ${status}.`,
    });
  });

  it('that cannot be reached is reported with the cause', async () => {
    const cause = new TypeError('fetch failed');
    await expect(fetchedFrom(failing(cause))).rejects.toMatchObject({
      name: 'RatesFetchError',
      code: 'rates.fetch_unreachable',
      cause,
    });
  });

  it('that breaks off is reported as unreachable', async () => {
    const broken = new ReadableStream({
      start: (controller) => controller.error(new TypeError('terminated')),
    });
    await expect(fetchedFrom(answering(broken))).rejects.toMatchObject({
      code: 'rates.fetch_unreachable',
    });
  });

  it('that takes longer than the time limit is reported as too slow', async () => {
    const never: typeof globalThis.fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    await expect(
      fetchRatesFile({ url, timeoutMs: 1, limitBytes, fetch: never }),
    ).rejects.toMatchObject({
      code: 'rates.fetch_timeout',
      message: 'No answer within 1 ms.',
    });
  });
});
