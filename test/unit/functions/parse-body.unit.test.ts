import * as z from 'zod/mini';
import { headerOf, parseBody, parseQuery, rawBodyOf } from '../../../functions/_shared/request.ts';
import { problemFrom, requestOf } from './requests.ts';

const schema = z.strictObject({
  name: z.string().check(z.maxLength(5)),
  lines: z.optional(z.array(z.strictObject({ count: z.int() }))),
  'a/b~c': z.optional(z.strictObject({ inner: z.string() })),
});

const limitBytes = 200;
const parse = (...request: Parameters<typeof requestOf>) =>
  parseBody(requestOf(...request), { schema, limitBytes });
const refuse = (...request: Parameters<typeof requestOf>) => problemFrom(() => parse(...request));
const pointersOf = (body: unknown) =>
  refuse(JSON.stringify(body)).errors?.map(({ pointer, code }) => `${pointer} ${code}`);

describe('A query string', () => {
  const query = z.strictObject({ day: z.iso.date(), asOf: z.optional(z.iso.date()) });
  const eventOf = (queryStringParameters?: Record<string, string>) =>
    ({ queryStringParameters }) as unknown as Parameters<typeof parseQuery>[0];

  it('is read by its schema', () => {
    expect(parseQuery(eventOf({ day: '2026-07-01' }), query)).toEqual({ day: '2026-07-01' });
  });

  it('is refused with every parameter that does not fit', () => {
    const given = { day: 'today', asOf: '2026-07-01,2026-07-02', other: '1' };
    expect(problemFrom(() => parseQuery(eventOf(given), query))).toMatchObject({
      ...{ status: 400, code: 'request.invalid' },
      errors: [
        { pointer: 'query:day' },
        { pointer: 'query:asOf' },
        { pointer: 'query:other', code: 'unknown_field' },
      ],
    });
    expect(problemFrom(() => parseQuery(eventOf(), query)).errors).toMatchObject([
      { pointer: 'query:day' },
    ]);
  });
});

describe('A body that is taken or not for its form', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=utf-8',
    'Application/JSON',
  ])('of type %s is read', (contentType) => {
    expect(parse('{"name":"Kim"}', { contentType })).toEqual({ name: 'Kim' });
  });

  it('is read where the API encoded it', () => {
    const body = Buffer.from('{"name":"Zoë"}').toString('base64');
    expect(parse(body, { isBase64Encoded: true })).toEqual({ name: 'Zoë' });
  });

  it.each([
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/problem+json',
    'text/plain; application/json',
  ])('of type %j is 415', (contentType) => {
    expect(refuse('{"name":"Kim"}', { contentType })).toMatchObject({
      status: 415,
      code: 'request.unsupported_media_type',
    });
  });

  it('of just the limit is read, and one byte more is 413', () => {
    const shell = '{"name":"Kim"}';
    const largest = shell + ' '.repeat(limitBytes - shell.length);
    expect(parse(largest)).toEqual({ name: 'Kim' });
    expect(refuse(`${largest} `)).toMatchObject({ status: 413, code: 'request.too_large' });
  });

  it('is measured in bytes, not in characters, and after it is decoded', () => {
    const wide = `{"name":"${'é'.repeat(limitBytes / 2)}"}`;
    expect(wide.length).toBeLessThan(limitBytes);
    expect(refuse(wide)).toMatchObject({ status: 413 });
    const encoded = Buffer.from(`{"name":"Kim"}${' '.repeat(150)}`).toString('base64');
    expect(encoded.length).toBeGreaterThan(limitBytes);
    expect(parse(encoded, { isBase64Encoded: true })).toEqual({ name: 'Kim' });
  });

  it.each([
    undefined,
    '',
    '{',
    '{"name":"Kim",}',
    "{'name':'Kim'}",
    'undefined',
    '{"name":"Kim"} {}',
  ])('that reads %j is malformed', (body) => {
    expect(refuse(body)).toMatchObject({ status: 400, code: 'request.malformed_json' });
  });

  it.each(['null', '[]', '"Kim"', '7'])('that is %s in JSON is no object', (body) => {
    expect(refuse(body)).toMatchObject({
      status: 400,
      code: 'request.invalid',
      errors: [{ pointer: '', code: 'invalid_type' }],
    });
  });
});

describe('A body of other fields', () => {
  it('is refused with every field that does not fit', () => {
    expect(pointersOf({ name: 'too long', lines: [{ count: 1 }, { count: 1.5 }] })).toEqual([
      '/name too_big',
      '/lines/1/count invalid_type',
    ]);
    expect(pointersOf({})).toEqual(['/name invalid_type']);
  });

  it('is refused with every field that is not known, where it stands', () => {
    expect(pointersOf({ name: 'Kim', nom: 1, 'a/b~c': { inner: 'x', '~/': 1 } })).toEqual([
      '/a~1b~0c/~0~1 unknown_field',
      '/nom unknown_field',
    ]);
  });

  it('never has its prototype reached', () => {
    expect(pointersOf(JSON.parse('{"name":"Kim","__proto__":{"polluted":true}}'))).toEqual([
      '/__proto__ unknown_field',
    ]);
    expect({}).not.toHaveProperty('polluted');
  });

  it('counts its offenses in words', () => {
    expect(refuse('{}').detail).toBe('1 field does not fit; nothing was changed.');
    expect(refuse('{"a":1,"b":2,"name":"Kim"}').detail).toMatch(/^2 fields do not fit/);
  });
});

describe('A raw body', () => {
  it('is the bytes that were sent', () => {
    const bytes = Buffer.from([0, 255, 10, 128]);
    expect(rawBodyOf(requestOf(bytes.toString('base64'), { isBase64Encoded: true }))).toEqual(
      bytes,
    );
    expect(rawBodyOf(requestOf(undefined))).toEqual(Buffer.alloc(0));
  });

  it('comes with headers by their lower-case names', () => {
    expect(headerOf(requestOf('{}'), 'content-type')).toBe('application/json');
    expect(headerOf(requestOf('{}'), 'authorization')).toBeUndefined();
  });
});
