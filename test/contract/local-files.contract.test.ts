import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { eventually } from '../support/eventually.ts';
import { type StartedFixture, startFixture } from '../unit/local/runtime-fixture.ts';

const rule = (bucket: unknown) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern: {
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: [bucket] } },
    },
    Targets: [{ Id: 'Target', Arn: { 'Fn::GetAtt': ['Arrivals', 'Arn'] } }],
  },
});

const resources = {
  Statements: { Type: 'AWS::S3::Bucket', Properties: {} },
  Others: { Type: 'AWS::S3::Bucket', Properties: {} },
  Arrivals: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'arrivals' } },
  Rule: rule({ Ref: 'Statements' }),
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: { 'Fn::GetAtt': ['Arrivals', 'Arn'] },
      FunctionName: { Ref: 'taker' },
    },
  },
};

const taker = `exports.handler = async ({ Records }) => {
  for (const { body } of Records) console.log(body);
};`;

describe('a new object of a bucket', () => {
  let fixture: StartedFixture;
  let s3: S3Client;

  beforeAll(async () => {
    fixture = await startFixture({ functions: { taker }, resources });
    s3 = new S3Client({
      ...{ endpoint: fixture.runtime.endpoints.s3, region: 'us-east-1' },
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  });
  afterAll(async () => {
    s3.destroy();
    await fixture.stop();
  });

  const put = (bucket: string, Key: string) =>
    s3.send(
      new PutObjectCommand({ Bucket: fixture.runtime.bucketName(bucket), Key, Body: 'opening' }),
    );

  it('reaches the queue of its rule as EventBridge spells it, and no other bucket’s does', async () => {
    await put('Others', 'elsewhere.xml');
    await put('Statements', 'inbox/June 30.xml');
    await eventually(() => expect(fixture.written('taker')).not.toHaveLength(0));
    // Where the client puts again what was never answered, S3 tells of both.
    for (const told of fixture.written('taker')) {
      expect(told).toMatchObject({
        source: 'aws.s3',
        'detail-type': 'Object Created',
        detail: {
          bucket: { name: fixture.runtime.bucketName('Statements') },
          object: { key: 'inbox/June 30.xml', size: 7 },
        },
      });
    }
  });

  it('is hosted as a whole: nothing of it is noted as missing', () => {
    expect(fixture.runtime.notHosted).toEqual([]);
  });
});
