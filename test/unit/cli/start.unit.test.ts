import { CreateTrade } from '../../../events/marketplace/create-trade.v1.ts';
import { groupNotHosted } from '../../../local/cli/not-hosted.ts';
import { readyLine } from '../../../local/cli/ready-line.ts';
import { sampleTrades } from '../../../local/cli/sample-data.ts';
import { startStripeSandbox } from '../../../local/sandboxes/stripe/server.ts';
import type { LocalStack } from '../../../local/stack/index.ts';
import { toJson } from '../../../src/platform/json.ts';

const stop = async (): Promise<void> => undefined;

const real = {
  stripe: { url: 'https://api.stripe.com', apiKey: 'sk_live_1', webhookSecret: 'whsec_1', stop },
  easypost: { url: 'https://api.easypost.com', apiKey: 'EZAK1', webhookSecret: 'secret', stop },
} satisfies Pick<LocalStack, 'stripe' | 'easypost'>;

const api = { url: 'http://127.0.0.1:1', apiKey: 'tl_local_1' };

describe('The line that programs read', () => {
  it('never holds a key of a real provider', () => {
    expect(JSON.parse(readyLine({ ...api, ...real }))).toEqual({
      ...api,
      stripe: { url: 'https://api.stripe.com' },
      carriers: { easypost: { url: 'https://api.easypost.com' } },
    });
  });

  it("gives a sandbox's keys away", async () => {
    const sandbox = await startStripeSandbox({ env: {} });
    await sandbox.stop();
    const { url, secretKey, webhookSecret } = sandbox;
    const stripe = { url, apiKey: secretKey, webhookSecret, sandbox, stop };
    expect(JSON.parse(readyLine({ ...api, ...real, stripe })).stripe).toEqual({
      url,
      secretKey,
      webhookSecret,
    });
  });
});

describe('What is not hosted', () => {
  it('is told by its reason, with how many there are', () => {
    const reason = 'permissions are not enforced locally';
    const logicalIds: readonly string[] = [];
    const groups = groupNotHosted([
      { type: 'AWS::IAM::Role', count: 13, reason, logicalIds },
      { type: 'AWS::Logs::LogGroup', count: 2, reason: 'there is a local log', logicalIds },
      { type: 'AWS::DynamoDB::Table ResourcePolicy', count: 1, reason, logicalIds },
    ]);
    expect(
      groups.map((group) => [group.reason, group.what.join(', ').replaceAll('\u00a0', ' ')]),
    ).toEqual([
      [reason, '13 IAM::Role, DynamoDB::Table ResourcePolicy'],
      ['there is a local log', '2 Logs::LogGroup'],
    ]);
  });
});

describe('The sample trades', () => {
  it.each(Object.entries(sampleTrades))('hold %s, which the API takes', (_name, body) => {
    expect(CreateTrade.parse(JSON.parse(toJson(body)))).toEqual(body);
  });
});
