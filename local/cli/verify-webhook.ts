import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { observeEasyPostV2 } from '../../src/adapters/carriers/easypost/observe-v2.ts';
import { carrierNames, isCarrierName } from '../../src/adapters/carriers/readers.ts';
import { keysIn } from '../../src/adapters/carriers/shipengine/keys.ts';
import type { SignatureRefusal, SignedRequest } from '../../src/adapters/carriers/signature.ts';
import { carrierVerifiers } from '../../src/adapters/carriers/verifiers.ts';

const usage = `Usage: npm run --silent verify-webhook -- CARRIER --secret S [--secret PREVIOUS] --headers H.json BODY

Says whether a webhook is its carrier's: "valid", or "refused" and why. BODY is a file of the raw
bytes, H.json an object of its headers. CARRIER is one of
${carrierNames.join(', ')}.

  --secret S   what the carrier signs with; for shipengine its key set (JSON), a public key in PEM,
               or a file of either. Twice during a rotation
  --url URL    the URL that was called, where its query holds a token (shippo)
  --now TIME   checks as at this time, instead of now
`;

const explanations: Readonly<Record<SignatureRefusal, string>> = {
  missing_signature: 'The header or field that this carrier signs with is missing.',
  malformed_signature: 'The signature, or what it covers, is not in the form of this carrier.',
  mismatch: 'The signature is not that of this body under this secret.',
  stale: 'The signed time is more than 300 seconds ago.',
  future: 'The signed time is more than 300 seconds ahead.',
  unknown_key: 'The key that it names is not in the key set.',
};

const lowerCased = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(value ?? {}).map(([name, held]) => [
      name.toLowerCase(),
      Array.isArray(held) ? held.join(',') : String(held),
    ]),
  );

/** A key set or a key, given as text or as the path of a file. */
const keySetOf = (secrets: readonly string[]) => {
  const texts = secrets.map((secret) =>
    existsSync(secret) ? readFileSync(secret, 'utf8') : secret,
  );
  return async (keyId: string): Promise<KeyObject | undefined> => {
    for (const text of texts) {
      if (text.includes('-----BEGIN')) return createPublicKey(text);
      const key = keysIn(JSON.parse(text)).get(keyId);
      if (key !== undefined) return key;
    }
    return undefined;
  };
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    secret: { type: 'string', multiple: true, default: [] },
    headers: { type: 'string' },
    url: { type: 'string' },
    now: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const requestOf = (bodyPath: string, headersPath: string): SignedRequest => ({
  rawBody: readFileSync(bodyPath),
  headers: lowerCased(JSON.parse(readFileSync(headersPath, 'utf8'))),
  query: Object.fromEntries(new URL(values.url ?? 'https://localhost').searchParams),
  secrets: values.secret,
  now: values.now === undefined ? new Date() : new Date(values.now),
});

const run = async (): Promise<number> => {
  const [carrier = '', bodyPath] = positionals;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (!isCarrierName(carrier) || bodyPath === undefined || values.headers === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const request = requestOf(bodyPath, values.headers);
  const check = await carrierVerifiers(keySetOf(values.secret))[carrier](request);
  const v2 = carrier === 'easypost' ? observeEasyPostV2(request) : 'absent';
  if (v2 !== 'absent') process.stderr.write(`EasyPost's second signature ${v2}.\n`);
  process.stdout.write(
    check.ok ? 'valid\n' : `refused: ${check.reason}. ${explanations[check.reason]}\n`,
  );
  return check.ok ? 0 : 1;
};

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
