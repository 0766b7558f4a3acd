import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { apiKeyItem } from '../../src/adapters/dynamodb/api-keys.ts';

const usage = `Usage: npm run --silent api-key -- --marketplace ID [--scope checkout]...

Makes an API key for a deployment. The key is shown once; the deployment keeps only its hash. Put the
item that is printed into the access table:

  aws dynamodb put-item --table-name <AccessTableName> --item '<item>'
`;

const KEY_BYTES = 32;

const { values } = parseArgs({
  options: {
    marketplace: { type: 'string' },
    scope: { type: 'string', multiple: true, default: ['checkout'] },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help || !/^[\x21-\x7e]{1,64}$/.test(values.marketplace ?? '')) {
  process.stderr.write(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  const apiKey = `tl_${randomBytes(KEY_BYTES).toString('base64url')}`;
  const item = apiKeyItem(apiKey, {
    marketplaceId: values.marketplace ?? '',
    scopes: values.scope,
  });
  process.stdout.write(`${JSON.stringify({ apiKey, item })}\n`);
}
