import { createHash } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { LOCAL_MARKETPLACE } from '../../local/stack/index.ts';
import type { StatementFile } from '../../src/reconciliation/stored-statement.ts';
import { type ApiClient, apiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { withStack } from '../support/stack.ts';
import { sampleBytes } from '../unit/bank/reading.ts';
import { quiet } from './journey.ts';

const stack = withStack();
let finance: ApiClient;

beforeAll(async () => {
  const apiKey = await stack().addApiKey(LOCAL_MARKETPLACE, ['finance:read', 'finance:post']);
  finance = apiClient({ url: stack().url, apiKey });
});

const get = (path: string) => finance.call(path, { method: 'GET' });

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const readFile = (fileId: string): Promise<StatementFile> =>
  eventually(async () => {
    const { body } = await get(`/v1/statement-files/${fileId}`);
    expect(body).toMatchObject({ status: expect.stringMatching(/^(read|refused)$/) });
    return body as StatementFile;
  });

const post = async (bytes: Uint8Array, type: string) => {
  const headers = { 'content-type': type };
  return finance.call('/v1/statements', { method: 'POST', body: bytes, headers });
};

const listed = async (): Promise<readonly { readonly id: string }[]> => {
  const { body } = await get('/v1/statements');
  return (body as { data: { id: string }[] }).data;
};

describe('a statement', () => {
  it.each([
    ['camt053-two-accounts.xml', 'application/xml', 'camt.053', 2],
    ['mt940-envelope.sta', 'application/octet-stream', 'MT940', 1],
    ['wise-balance.csv', 'text/csv', 'wise', 1],
  ] as const)('posted as %s is read for what it is', async (name, type, format, count) => {
    const answer = await post(sampleBytes(name), type);
    expect(answer).toMatchObject({ status: 202, body: { status: 'received' } });
    const file = await readFile((answer.body as StatementFile).fileId);
    expect(file).toMatchObject({ status: 'read', format });
    expect(file.statementIds.length).toBeGreaterThanOrEqual(count);
    for (const id of file.statementIds) {
      const { body } = await get(`/v1/statements/${id}`);
      expect(body).toMatchObject({ id, fileId: file.fileId, page: 1 });
    }
  });

  it('posted again changes nothing and is answered with what is known of it', async () => {
    await quiet(stack());
    const before = await listed();
    const answer = await post(sampleBytes('camt053-two-accounts.xml'), 'text/plain');
    expect(answer).toMatchObject({ status: 200, body: { status: 'read' } });
    await quiet(stack());
    expect(await listed()).toEqual(before);
  });

  it('put by a signed URL is read as one that was posted', async () => {
    const bytes = sampleBytes('bai2-two-accounts.txt');
    const body = { sha256: sha256(bytes), sizeBytes: bytes.length };
    const answer = await finance.call('/v1/statements/uploads', { method: 'POST', body });
    expect(answer.status).toBe(202);
    const { fileId, upload } = answer.body as StatementFile & {
      readonly upload: { readonly url: string; readonly headers: Record<string, string> };
    };
    const put = await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: bytes });
    expect(put.status).toBe(200);
    expect(await readFile(fileId)).toMatchObject({ status: 'read', format: 'BAI2' });
  });

  it('dropped into the bucket is read too, and what nobody can read says so', async () => {
    const { runtime } = stack();
    const s3 = new S3Client({
      ...{ endpoint: runtime.endpoints.s3, region: 'us-east-1' },
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const bytes = Buffer.from('%PDF-1.7 a scan');
    await s3.send(
      new PutObjectCommand({
        ...{ Bucket: runtime.bucketName('StatementFiles'), Key: 'inbox/scan.pdf', Body: bytes },
      }),
    );
    s3.destroy();
    await eventually(async () => {
      const answer = await post(bytes, 'application/pdf');
      expect(answer.body).toMatchObject({ status: 'refused', statementIds: [] });
    });
  });

  it('leaves no name and no account of anybody in a log or in a table', async () => {
    await quiet(stack());
    const written = [
      await stack().log(),
      ...(await Promise.all(
        (['EventsTable', 'ViewsTable', 'VaultTable', 'ReconciliationTable'] as const).map(
          async (table) => JSON.stringify(await stack().aws.items(table)),
        ),
      )),
    ].join('\n');
    expect(written).not.toMatch(/Beispiel|DE02120300000000202051|Seller A/);
    expect(await stack().deadLetters()).toBe(0);
  });
});

describe('a file that nobody can read', () => {
  it('is discarded by whoever may close a month, with a reason', async () => {
    const apiKey = await stack().addApiKey(LOCAL_MARKETPLACE, ['finance:read', 'finance:close']);
    const controller = apiClient({ url: stack().url, apiKey });
    const discard = (fileId: string, by = controller, reason = ' A brochure. ') =>
      by.call(`/v1/statement-files/${fileId}/discard`, { body: { reason } });
    const answer = await post(Buffer.from('%PDF-1.7 a brochure'), 'application/pdf');
    const { fileId } = await readFile((answer.body as StatementFile).fileId);
    expect(await discard(fileId, finance)).toMatchObject({
      ...{ status: 403, body: { code: 'api_key.scope_missing' } },
    });
    expect(await discard(fileId, controller, '')).toMatchObject({ status: 400 });
    const discarded = { status: 'discarded', discarded: { reason: 'A brochure.' } };
    expect(await discard(fileId)).toMatchObject({ status: 200, body: discarded });
    expect(await discard(fileId, controller, 'Again.')).toMatchObject({
      ...{ status: 200, body: discarded },
    });
    expect(await get(`/v1/statement-files/${fileId}`)).toMatchObject({ body: discarded });
    const read = await post(sampleBytes('mt940-envelope.sta'), 'text/plain');
    expect(await discard((read.body as StatementFile).fileId)).toMatchObject({
      ...{ status: 409, body: { code: 'statement_file.read' } },
    });
    expect(await discard('fil_none')).toMatchObject({
      ...{ status: 404, body: { code: 'statement_file.not_found' } },
    });
  });
});

describe('a request that is not allowed', () => {
  it.each([
    ['reads without the scope', 'GET', '/v1/statements', undefined, 403, 'api_key.scope_missing'],
    ['posts without the scope', 'POST', '/v1/statements', 'x', 403, 'api_key.scope_missing'],
  ] as const)('%s', async (_, method, path, body, status, code) => {
    const answer = await stack().api.call(path, {
      method,
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'text/plain' } }),
    });
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it('asks for what is not there', async () => {
    expect(await get('/v1/statements/stm_none')).toMatchObject({
      ...{ status: 404, body: { code: 'statement.not_found' } },
    });
    expect(await get('/v1/statement-files/fil_none')).toMatchObject({
      ...{ status: 404, body: { code: 'statement_file.not_found' } },
    });
  });

  it('announces a file of no bytes', async () => {
    const body = { sha256: 'x', sizeBytes: 0 };
    const answer = await finance.call('/v1/statements/uploads', { method: 'POST', body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(await post(Buffer.alloc(0), 'text/csv')).toMatchObject({
      ...{ status: 400, body: { code: 'statement.empty' } },
    });
  });
});
