import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { withSandbox } from './stripe-sandbox.support.ts';

const running = withSandbox();
const root = new URL('../../', import.meta.url);

/** The lines of docs/stripe.md that are to be run as they stand. */
function exampleOf(document: string): string {
  const [, code] = /```js\n([\s\S]*?)```/.exec(document) ?? [];
  if (code === undefined) throw new Error('The document has no example.');
  return code;
}

describe('the example in docs/stripe.md', () => {
  it('holds a payment, transfers, refunds and pays out, as it says', async () => {
    const { sandbox, stripe } = running();
    const file = new URL(`test/contract/.example-${process.pid}.mjs`, root);
    writeFileSync(file, exampleOf(readFileSync(new URL('docs/stripe.md', root), 'utf8')));
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [file.pathname], {
        env: { SANDBOX_URL: sandbox.url },
      });
      expect(stdout.trim()).toBe('paid');
    } finally {
      rmSync(file);
    }
    // 100.00 less a fee of 1.75, less 90.00 sent, plus 9.00 back, less 10.00 refunded.
    const [balance] = (await stripe.balance.retrieve()).available;
    expect(balance?.amount).toBe(10_000 - 175 - 9_000 + 900 - 1_000);
  });
});
