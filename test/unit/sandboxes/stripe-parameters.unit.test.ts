import { decodeForm } from '../../../local/sandboxes/stripe/forms.ts';
import { mergeMetadata, metadata } from '../../../local/sandboxes/stripe/metadata.ts';
import {
  flag,
  group,
  integer,
  listOf,
  oneOf,
  readParameters,
  required,
  text,
} from '../../../local/sandboxes/stripe/parameters.ts';

const set = {
  amount: required(integer()),
  confirm: flag(),
  kind: oneOf(['one', 'two']),
  types: listOf(text()),
  inner: group({ deep: required(text()) }),
  metadata: metadata(),
};

const read = (form: string) => readParameters(decodeForm(form), set);

/** The refusal of a form, as the API states it. */
function refusal(form: string): unknown {
  try {
    read(form);
  } catch (error) {
    return (error as { error: unknown }).error;
  }
  throw new Error(`The form ${form} was accepted.`);
}

describe('parameters', () => {
  it('are read by their types', () => {
    expect(read('amount=12&confirm=true&kind=two&types[]=a&types[]=b&inner[deep]=x')).toEqual({
      ...{ amount: 12, confirm: true, kind: 'two', types: ['a', 'b'], inner: { deep: 'x' } },
    });
  });

  it.each([
    ['confirm=true', 'parameter_missing', 'amount'],
    ['amount=1&inner[other]=x', 'parameter_unknown', 'inner[other]'],
    ['amount=1&toString=x', 'parameter_unknown', 'toString'],
    ['amount=1&inner[]=x', 'parameter_unknown', 'inner[0]'],
    ['amount=1.5', 'parameter_invalid_integer', 'amount'],
    ['amount=99999999999999999999', 'parameter_invalid_integer', 'amount'],
    ['amount=', 'parameter_invalid_empty', 'amount'],
    ['amount=1&confirm=yes', undefined, 'confirm'],
    ['amount=1&kind=three', undefined, 'kind'],
    ['amount=1&types=a', undefined, 'types'],
    ['amount=1&inner=x', undefined, 'inner'],
  ])('%s are refused', (form, code, param) => {
    expect(refusal(form)).toMatchObject({
      type: 'invalid_request_error',
      param,
      ...(code && { code }),
    });
  });
});

describe('metadata', () => {
  it('holds values of 500 characters and no more', () => {
    expect(read(`amount=1&metadata[k]=${'v'.repeat(500)}`).metadata?.['k']).toHaveLength(500);
    expect(refusal(`amount=1&metadata[k]=${'v'.repeat(501)}`)).toMatchObject({
      param: 'metadata[k]',
    });
  });

  it('has keys of 40 characters and no more', () => {
    read(`amount=1&metadata[${'k'.repeat(40)}]=v`);
    expect(refusal(`amount=1&metadata[${'k'.repeat(41)}]=v`)).toMatchObject({
      message: expect.stringContaining('up to 40 characters'),
    });
  });

  it('merges, forgets a key that is emptied, and forgets all when it is emptied itself', () => {
    const current = { a: '1', b: '2' };
    expect(mergeMetadata(current, { b: '', c: '3' })).toEqual({ a: '1', c: '3' });
    expect(mergeMetadata(current, read('amount=1&metadata=').metadata)).toEqual({});
    expect(mergeMetadata(current, undefined)).toBe(current);
  });

  it('has at most 50 keys', () => {
    const keys = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
    expect(Object.keys(mergeMetadata({}, keys(50)))).toHaveLength(50);
    expect(() => mergeMetadata({}, keys(51))).toThrow('up to 50 metadata keys');
  });
});
