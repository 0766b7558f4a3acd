import { observeEasyPostV2 } from '../../../src/adapters/carriers/easypost/observe-v2.ts';
import { hmac, json, secret } from './webhook-schemes.ts';

describe('EasyPost’s second signature', () => {
  const rawBody = Buffer.from(json);
  const timestamp = 'Mon, 23 Nov 2026 12:00:00 -0000';
  const path = '/webhooks/carriers/easypost';
  const told = (signature: string) => ({
    'x-hmac-signature-v2': `hmac-sha256-hex=${signature}`,
    'x-timestamp': timestamp,
    'x-path': path,
  });
  const observe = (headers: Record<string, string>) =>
    observeEasyPostV2({ rawBody, headers, secrets: [secret] });

  it('is only observed', () => {
    const signature = hmac(secret, `${timestamp}POST${path}`, rawBody).digest('hex');
    expect(observe({})).toBe('absent');
    expect(observe(told(signature))).toBe('matches');
    expect(observe(told('0'.repeat(64)))).toBe('differs');
    expect(observe({ 'x-hmac-signature-v2': signature })).toBe('incomplete');
  });
});
