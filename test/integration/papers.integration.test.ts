import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { withStack } from '../support/stack.ts';
import { shippedTrade } from './journey.ts';

const stack = withStack({ deadlinesEveryMs: 250 });

let s3: S3Client;
let bucket: { readonly Bucket: string };
beforeAll(() => {
  const { runtime } = stack();
  s3 = new S3Client({
    ...{ endpoint: runtime.endpoints.s3, region: 'us-east-1' },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  bucket = { Bucket: runtime.bucketName('PaperFiles') };
});
afterAll(() => s3.destroy());

/** What the bucket of issued papers holds for a trade, by what it is called there. */
async function keptOf(tradeId: string): Promise<ReadonlyMap<string, Buffer>> {
  const { Contents: all = [] } = await s3.send(new ListObjectsV2Command(bucket));
  const keys = all.map(({ Key }) => Key ?? '').filter((key) => key.includes(`/${tradeId}/`));
  const objects = keys.map(async (key): Promise<[string, Buffer]> => {
    const { Body: body } = await s3.send(new GetObjectCommand({ ...bucket, Key: key }));
    const bytes = await body?.transformToByteArray();
    return [key.replace(tradeId, 'TRADE'), Buffer.from(bytes ?? [])];
  });
  return new Map(await Promise.all(objects));
}

/** Links to the commercial invoice and the packing list of a trade, in English. */
async function linksOf(tradeId: string): Promise<readonly string[]> {
  const headers = { authorization: `Bearer ${stack().apiKey}` };
  const listed = await fetch(`${stack().url}/v1/trades/${tradeId}/papers?language=en`, { headers });
  const { data } = (await listed.json()) as { readonly data: readonly { readonly url: string }[] };
  return data.map(({ url }) => url);
}

const printOf = async (url: string): Promise<Buffer> => {
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
};

const problemOf = async (url: string): Promise<unknown> => (await fetch(url)).json();

describe('the papers of a trade', () => {
  it('are printed once, also where several ask at once, and stay as they are', async () => {
    const { id } = await shippedTrade(stack());
    const links = await linksOf(id);
    const [invoice, list, ...others] = await Promise.all([...links, ...links].map(printOf));
    expect(invoice?.subarray(0, 5).toString()).toBe('%PDF-');
    expect(others).toEqual([invoice, list]);
    expect(await Promise.all((await linksOf(id)).map(printOf))).toEqual([invoice, list]);
  });

  it('are kept, and as nobody can read them who has the bucket alone', async () => {
    const { id } = await shippedTrade(stack());
    await Promise.all((await linksOf(id)).map(printOf));
    const kept = await keptOf(id);
    expect([...kept.keys()].sort()).toEqual([
      'issues/TRADE/1',
      'papers/TRADE/1/commercial_invoice-en.pdf',
      'papers/TRADE/1/packing_list-en.pdf',
    ]);
    for (const bytes of kept.values()) {
      expect(bytes.length).toBeGreaterThan(28);
      expect(bytes.toString('latin1')).not.toMatch(/%PDF|stream|Vogel/);
    }
  });

  it('are an error where one was harmed, which the log names, and are not printed again', async () => {
    const { id } = await shippedTrade(stack());
    const [invoice = '', list = ''] = await linksOf(id);
    await printOf(invoice);
    const key = `papers/${id}/1/commercial_invoice-en.pdf`;
    await s3.send(new PutObjectCommand({ ...bucket, Key: key, Body: '%PDF-1.7 of somebody' }));
    for (let time = 0; time < 2; time += 1)
      expect(await problemOf(invoice)).toMatchObject({ status: 502, code: 'paper.unreadable' });
    expect(await stack().log()).toContain(key);
    expect((await printOf(list)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('are gone once the key of one party was destroyed, the issued ones, too', async () => {
    const { id } = await shippedTrade(stack());
    const [invoice = '', list = ''] = await linksOf(id);
    await printOf(invoice);
    const { parties } = (await stack().api.getTrade(id)) as unknown as {
      readonly parties: { readonly buyer: { readonly partyId: string } };
    };
    await stack().aws.dynamoDb.send(
      new UpdateItemCommand({
        TableName: stack().runtime.tableName('VaultTable'),
        Key: { pk: { S: parties.buyer.partyId } },
        UpdateExpression: 'REMOVE #key',
        ConditionExpression: 'attribute_exists(#key)',
        ExpressionAttributeNames: { '#key': 'key' },
      }),
    );
    for (const url of [invoice, list])
      expect(await problemOf(url)).toMatchObject({ status: 410, code: 'paper.party_erased' });
    expect([...(await keptOf(id)).keys()]).toHaveLength(2);
  });
});
