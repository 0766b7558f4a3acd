import { withStack } from '../support/stack.ts';
import { sampleTrade, newKey } from '../support/sample-trade.ts';
import { shippedTrade, deliver, quiet } from './journey.ts';
const stack = withStack({ inspectionPeriodSeconds: 1 });
it('one', async () => {
  const t0 = performance.now();
  const lap = (s: string) => process.stderr.write(`${Math.round(performance.now() - t0)} ${s}\n`);
  const trade = await shippedTrade(stack());
  lap('shipped');
  deliver(stack(), trade);
  const settled = await stack().api.becomes(trade.id, 'settled');
  lap('settled');
  process.stderr.write(JSON.stringify(settled, null, 1));
  await quiet(stack());
  lap('quiet');
  const all = await fetch(`${stack().easypost.url}/v2/shipments/${settled.shipments[0]?.id}`, { headers: { authorization: `Basic ${Buffer.from(`${stack().easypost.apiKey}:`).toString('base64')}` } });
  process.stderr.write(JSON.stringify(await all.json(), null, 1));
  lap('x');
  const t1 = performance.now();
  let n = 0;
  while (performance.now() - t1 < 1000) { await stack().api.getTrade(trade.id); n += 1; }
  lap(`${n} gets/s`);
  process.stderr.write(await stack().log());
  process.stderr.write(`dead ${await stack().deadLetters()}\n`);
}, 60000);
