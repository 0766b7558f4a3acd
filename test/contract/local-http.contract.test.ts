import { httpApi, httpRoute } from '../unit/local/assembly-fixture.ts';
import { type StartedFixture, startFixture } from '../unit/local/runtime-fixture.ts';

let fixture: StartedFixture;

beforeAll(async () => {
  fixture = await startFixture({
    functions: {
      echo: `exports.handler = async (event) => ({
        statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) });`,
      answering: 'exports.handler = async (event) => JSON.parse(event.body);',
      failing: "exports.handler = async () => { throw new Error('no'); };",
      reserved: 'exports.handler = async () => ({});',
    },
    properties: { reserved: { ReservedConcurrentExecutions: 0 } },
    resources: {
      Api: httpApi,
      ...httpRoute('Any', 'ANY /any/{proxy+}', 'echo'),
      ...httpRoute('Trade', 'GET /trades/{tradeId}', 'echo'),
      ...httpRoute('Hook', 'POST /hooks', 'echo'),
      ...httpRoute('Answer', 'POST /answer', 'answering'),
      ...httpRoute('Failing', 'GET /failing', 'failing'),
      ...httpRoute('Reserved', 'GET /reserved', 'reserved'),
    },
  });
});

afterAll(() => fixture.stop());

const request = (path: string, init?: RequestInit) => fetch(`${fixture.runtime.url}${path}`, init);

const eventOf = async (path: string, init?: RequestInit) =>
  (await request(path, init)).json() as Promise<Record<string, unknown>>;

const post = (contentType: string, body: string | Uint8Array<ArrayBuffer>) =>
  eventOf('/hooks', { method: 'POST', headers: { 'content-type': contentType }, body });

describe('a request', () => {
  it('reaches its function as payload format 2.0', async () => {
    const event = await eventOf('/trades/t%201?page=1&page=2&empty=', {
      headers: { 'X-Api-Key': 'k', Cookie: 'a=1; b=2' },
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /trades/{tradeId}',
      rawPath: '/trades/t%201',
      rawQueryString: 'page=1&page=2&empty=',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { page: '1,2', empty: '' },
      pathParameters: { tradeId: 't 1' },
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        routeKey: 'GET /trades/{tradeId}',
        stage: '$default',
        timeEpoch: expect.any(Number),
        time: expect.stringMatching(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
        http: { method: 'GET', path: '/trades/t%201', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
      },
    });
    expect(event['headers']).toMatchObject({ 'x-api-key': 'k' });
    expect(event['headers']).not.toHaveProperty('cookie');
    expect(event).not.toHaveProperty('body');
  });

  it('without query, cookies or parameters has none of those fields', async () => {
    const event = await post('application/json', '{}');
    for (const field of ['queryStringParameters', 'cookies', 'pathParameters']) {
      expect(event).not.toHaveProperty(field);
    }
  });

  it('has a JSON body as the very text that was sent', async () => {
    const body = '{ "name" : "Zürich",\n "n": 1.0 }';
    expect(await post('application/json; charset=utf-8', body)).toMatchObject({
      body,
      isBase64Encoded: false,
    });
  });

  it('has any other body in base64', async () => {
    const bytes = Uint8Array.from([0, 255, 10, 13]);
    expect(await post('application/octet-stream', bytes)).toMatchObject({
      body: Buffer.from(bytes).toString('base64'),
      isBase64Encoded: true,
    });
  });

  it('is taken by a greedy route with whatever method and path', async () => {
    expect(await eventOf('/any/a/b', { method: 'DELETE' })).toMatchObject({
      routeKey: 'ANY /any/{proxy+}',
      pathParameters: { proxy: 'a/b' },
      requestContext: { http: { method: 'DELETE' } },
    });
  });
});

describe('a request that API Gateway answers itself', () => {
  const answerTo = async (path: string, init?: RequestInit) => {
    const response = await request(path, init);
    return [response.status, await response.json()];
  };

  it('is a 404 without a route', async () => {
    expect(await answerTo('/nowhere')).toEqual([404, { message: 'Not Found' }]);
    expect(await answerTo('/hooks')).toEqual([404, { message: 'Not Found' }]);
  });

  it('is a 413 above 10 MB', async () => {
    const body = new Uint8Array(10 * 1024 * 1024 + 1);
    const tooLarge = [413, { message: 'Request Entity Too Large' }];
    expect(await answerTo('/hooks', { method: 'POST', body })).toEqual(tooLarge);
  });

  it('is a 500 where the function failed', async () => {
    expect(await answerTo('/failing')).toEqual([500, { message: 'Internal Server Error' }]);
  });

  it('is a 503 where the function is throttled', async () => {
    expect(await answerTo('/reserved')).toEqual([503, { message: 'Service Unavailable' }]);
  });
});

describe('a response', () => {
  const answerWith = (answer: unknown) =>
    request('/answer', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answer),
    });

  it('has the status, headers and cookies of the answer', async () => {
    const response = await answerWith({
      statusCode: 201,
      headers: { location: '/trades/1' },
      cookies: ['a=1', 'b=2'],
      body: 'made',
    });
    expect([response.status, await response.text()]).toEqual([201, 'made']);
    expect(response.headers.get('location')).toBe('/trades/1');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('has the bytes of a base64 body', async () => {
    const body = Buffer.from([0, 255]).toString('base64');
    const response = await answerWith({ statusCode: 200, body, isBase64Encoded: true });
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
  });

  it('is the JSON of a bare object', async () => {
    const response = await answerWith({ any: 'thing' });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect([response.status, await response.json()]).toEqual([200, { any: 'thing' }]);
  });

  it('is a 500 where HTTP does not allow the answer', async () => {
    const response = await answerWith({ statusCode: 200, headers: { 'bad name': 'x' } });
    expect(response.status).toBe(500);
  });
});

const deployment = {
  Type: 'Custom::CDKBucketDeployment',
  Properties: {
    ...{ SourceObjectKeys: ['echo.zip'], DestinationBucketName: { Ref: 'Files' } },
    DestinationBucketKeyPrefix: 'site',
    SystemMetadata: { 'cache-control': 'no-cache' },
  },
};
const policy = {
  Type: 'AWS::CloudFront::ResponseHeadersPolicy',
  Properties: {
    ResponseHeadersPolicyConfig: {
      Name: 'policy',
      CustomHeadersConfig: { Items: [{ Header: 'X-Robots-Tag', Value: 'noindex' }] },
      SecurityHeadersConfig: {
        ContentSecurityPolicy: {
          ContentSecurityPolicy: {
            'Fn::Join': [
              '',
              ["connect-src 'self' https://", { Ref: 'Files' }, '.s3.us-east-1.amazonaws.com'],
            ],
          },
        },
        ...{ ContentTypeOptions: {}, FrameOptions: { FrameOption: 'DENY' } },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 60 },
      },
    },
  },
};
const address = {
  Type: 'AWS::CloudFront::Function',
  Properties: {
    Name: 'address',
    FunctionCode:
      "function handler(event) { event.request.uri += '/index.cjs'; return event.request; }",
  },
};
const distribution = {
  Type: 'AWS::CloudFront::Distribution',
  Properties: {
    DistributionConfig: {
      Origins: [{ Id: 'files', DomainName: { 'Fn::GetAtt': ['Files', 'RegionalDomainName'] } }],
      DefaultCacheBehavior: {
        ...{ TargetOriginId: 'files', ResponseHeadersPolicyId: { Ref: 'Policy' } },
        FunctionAssociations: [
          {
            EventType: 'viewer-request',
            FunctionARN: { 'Fn::GetAtt': ['Address', 'FunctionARN'] },
          },
        ],
      },
    },
  },
};

describe('a site behind a distribution', () => {
  let site: StartedFixture;
  beforeAll(async () => {
    site = await startFixture({
      functions: { echo: 'exports.handler = async () => ({ statusCode: 200 });' },
      resources: {
        ...{ Api: httpApi, Files: { Type: 'AWS::S3::Bucket' }, Deployment: deployment },
        ...{ Policy: policy, Address: address, Distribution: distribution },
        ...httpRoute('Trade', 'GET /trades/{tradeId}', 'echo'),
      },
    });
  });
  afterAll(() => site.stop());

  it('is served beside the API, with the headers of its policy, and nothing of it is missing here', async () => {
    const answer = await fetch(`${site.runtime.url}/site`);
    expect(await answer.text()).toContain('exports.handler');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-security-policy': `connect-src 'self' ${site.runtime.endpoints.s3}`,
      ...{ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' },
      ...{ 'referrer-policy': 'no-referrer', 'strict-transport-security': 'max-age=60' },
      ...{ 'x-robots-tag': 'noindex', 'cache-control': 'no-cache' },
    });
    const missing = site.runtime.notHosted.map(({ type }) => type);
    expect(missing.filter((type) => /CloudFront|Custom/.test(type))).toEqual([]);
  });

  it('leaves the API what is the API’s, its 404 too', async () => {
    expect((await fetch(`${site.runtime.url}/trades/t1`)).status).toBe(200);
    expect((await fetch(`${site.runtime.url}/trades`)).status).toBe(404);
    expect((await fetch(`${site.runtime.url}/site`, { method: 'POST' })).status).toBe(404);
  });
});
