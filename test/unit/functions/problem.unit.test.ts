import { ProblemError, problemOf, problemResponse } from '../../../functions/_shared/problem.ts';
import { CodedError } from '../../../src/platform/errors.ts';

const coded = (retryable: boolean) =>
  new CodedError({ code: 'stripe.api_error', message: 'sk_test_secret', retryable });

describe('What a caller is told of', () => {
  it('its own mistake is the whole of it', () => {
    const problem = { status: 409, code: 'trade.already_paid', detail: 'The buyer has paid.' };
    expect(problemOf(new ProblemError(problem))).toEqual(problem);
  });

  it('a failure that passes is when to come again', () => {
    expect(problemOf(coded(true))).toMatchObject({
      status: 503,
      code: 'stripe.api_error',
      headers: { 'retry-after': '2' },
    });
  });

  it('a refusal behind us is its code', () => {
    expect(problemOf(coded(false))).toMatchObject({ status: 502, code: 'stripe.api_error' });
  });

  it.each([new TypeError('Katrin Vogel'), 'Katrin Vogel', undefined])(
    'a defect is nothing of its text: %p',
    (error) => {
      expect(problemOf(error)).toMatchObject({ status: 500, code: 'internal' });
    },
  );

  it('any error never repeats what the error says', () => {
    const told = [coded(true), coded(false), new Error('sk_test_secret')].map((error) =>
      JSON.stringify(problemResponse(problemOf(error))),
    );
    expect(told.filter((text) => text.includes('secret'))).toEqual([]);
  });
});

describe('A problem', () => {
  it('is written as RFC 9457 has it, and never cached', () => {
    const response = problemResponse({
      status: 400,
      code: 'request.invalid',
      detail: '1 field does not fit.',
      errors: [{ pointer: '/amount', code: 'invalid_type', detail: 'Expected money.' }],
      headers: { 'retry-after': '2' },
    });
    expect(response).toMatchObject({
      statusCode: 400,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        'retry-after': '2',
      },
    });
    expect(JSON.parse(response.body ?? '')).toEqual({
      type: 'urn:tradelane:problem:request.invalid',
      title: 'Bad request',
      status: 400,
      code: 'request.invalid',
      detail: '1 field does not fit.',
      errors: [{ pointer: '/amount', code: 'invalid_type', detail: 'Expected money.' }],
    });
  });

  it('lists no fields where none is at fault', () => {
    const { body } = problemResponse({ status: 404, code: 'trade.not_found', detail: 'None.' });
    expect(JSON.parse(body ?? '')).not.toHaveProperty('errors');
  });
});
