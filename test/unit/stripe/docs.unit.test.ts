import { readFileSync } from 'node:fs';
import { StripeEventType } from '../../../events/messages/stripe-event-received.v1.ts';

describe('the runbook', () => {
  it.each(StripeEventType.options)('has Stripe send %s', (type) => {
    const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
    expect(runbook).toContain(`\`${type}\``);
  });
});
