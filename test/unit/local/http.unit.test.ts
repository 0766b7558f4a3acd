import { isText, toHttpResponse } from '../../../local/runtime/http-payload.ts';
import { compileRoutes } from '../../../local/runtime/http-routes.ts';

const routesOf = (...routeKeys: string[]) =>
  compileRoutes(routeKeys.map((routeKey) => ({ routeKey, functionName: routeKey, apiId: 'api' })));

describe('a route', () => {
  const find = routesOf(
    '$default',
    'ANY /{proxy+}',
    'GET /trades/{tradeId}',
    'GET /trades/mine',
    'ANY /trades/{tradeId}',
    'POST /trades/{tradeId}/parcels/{parcelId}',
    'GET /files/{path+}',
    'GET /',
  );
  const matched = (method: string, path: string) => {
    const found = find(method, path);
    return [found?.route.routeKey, found?.pathParameters];
  };

  it.each([
    ['GET', '/', 'GET /', {}],
    ['GET', '/trades/mine', 'GET /trades/mine', {}],
    ['GET', '/trades/t%20one', 'GET /trades/{tradeId}', { tradeId: 't one' }],
    ['PUT', '/trades/one', 'ANY /trades/{tradeId}', { tradeId: 'one' }],
    [
      'POST',
      '/trades/one/parcels/two',
      'POST /trades/{tradeId}/parcels/{parcelId}',
      { tradeId: 'one', parcelId: 'two' },
    ],
    ['GET', '/files/a/b', 'GET /files/{path+}', { path: 'a/b' }],
    ['DELETE', '/files/a/b', 'ANY /{proxy+}', { proxy: 'files/a/b' }],
    ['POST', '/', '$default', {}],
  ])('is the most specific one: %s %s', (method, path, routeKey, parameters) => {
    expect(matched(method, path)).toEqual([routeKey, parameters]);
  });

  it('keeps a parameter that is not decodable as it came', () => {
    expect(matched('GET', '/trades/%zz')).toEqual(['GET /trades/{tradeId}', { tradeId: '%zz' }]);
  });

  it('is nothing for a path that no route has', () => {
    const find = routesOf('GET /trades.json', 'GET /trades/{id}');
    expect([find('GET', '/tradesXjson'), find('GET', '/trades/'), find('GET', '/a')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a body', () => {
  it.each([
    ['application/json', true],
    ['Application/JSON; charset=utf-8', true],
    ['text/csv', true],
    ['application/xml', true],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', false],
    ['application/problem+json', false],
    ['multipart/form-data; boundary=x', false],
    [undefined, false],
  ])('of type %s is text: %s', (contentType, expected) => {
    expect(isText(contentType)).toBe(expected);
  });
});

describe('an answer of a function', () => {
  it('without a status code is the JSON of a 200', () => {
    const { statusCode, headers, body } = toHttpResponse({ ok: true });
    expect([statusCode, headers['content-type'], body.toString()]).toEqual([
      200,
      'application/json',
      '{"ok":true}',
    ]);
  });

  it('that is text or nothing is a 200 as well', () => {
    expect(toHttpResponse('hello').body.toString()).toBe('hello');
    expect(toHttpResponse(undefined).body.toString()).toBe('null');
  });

  it('has its headers, cookies and decoded body sent', () => {
    const response = toHttpResponse({
      statusCode: 201,
      headers: { Location: '/x', 'X-Number': 1 },
      multiValueHeaders: { 'X-Several': ['a', 'b'] },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('bytes').toString('base64'),
      isBase64Encoded: true,
    });
    expect(response).toMatchObject({
      statusCode: 201,
      headers: {
        location: '/x',
        'x-number': '1',
        'x-several': ['a', 'b'],
        'set-cookie': ['a=1', 'b=2'],
        'content-type': 'text/plain;charset=UTF-8',
      },
    });
    expect(response.body.toString()).toBe('bytes');
  });

  it.each([{ statusCode: 'many' }, { statusCode: 99 }, { statusCode: 200, body: { a: 1 } }])(
    'that is malformed is a 500: %j',
    (answer) => {
      expect(toHttpResponse(answer).statusCode).toBe(500);
    },
  );
});
