import fc from 'fast-check';
import {
  canonicalForm,
  decodeForm,
  FormError,
  type FormFields,
} from '../../../local/sandboxes/stripe/forms.ts';

/** What a test reads of a decoded form, which has no prototype. */
const plain = (form: FormFields) => JSON.parse(JSON.stringify(form));

describe('a form', () => {
  it.each([
    ['amount=100&currency=eur', { amount: '100', currency: 'eur' }],
    ['metadata[order]=7&metadata[buyer]=b', { metadata: { order: '7', buyer: 'b' } }],
    ['expand[]=a&expand[]=b', { expand: { 0: 'a', 1: 'b' } }],
    ['expand[0]=a&expand[1]=b', { expand: { 0: 'a', 1: 'b' } }],
    ['a[b][0][c]=x&a[b][1][c]=y', { a: { b: { 0: { c: 'x' }, 1: { c: 'y' } } } }],
    ['metadata%5Bk+1%5D=v%26w', { metadata: { 'k 1': 'v&w' } }],
    ['a=1&a=2', { a: '2' }],
    ['a&b=', { a: '', b: '' }],
    ['', {}],
  ])('%s is decoded as Stripe nests it', (text, expected) => {
    expect(plain(decodeForm(text))).toEqual(expected);
  });

  it('can not reach the prototype of anything', () => {
    const form = decodeForm('__proto__[polluted]=yes&metadata[__proto__]=x');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(form)).toEqual(['__proto__', 'metadata']);
  });

  it.each(['a=1&a[b]=2', 'a[b]=1&a=2', 'a[=1', 'a[b]c=1', 'a=%zz', `a${'[b]'.repeat(8)}=1`])(
    'that makes no sense is refused: %s',
    (text) => {
      expect(() => decodeForm(text)).toThrow(FormError);
    },
  );

  it('is the same request in whatever order its fields come', () => {
    const one = decodeForm('a=1&b[c]=2&b[d]=3');
    expect(canonicalForm(decodeForm('b[d]=3&a=1&b[c]=2'))).toBe(canonicalForm(one));
    expect(canonicalForm(decodeForm('b[d]=3&a=1&b[c]=4'))).not.toBe(canonicalForm(one));
  });

  it('comes back from URLSearchParams unchanged', () => {
    const fields = fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), fc.string());
    fc.assert(
      fc.property(fields, (given) => {
        expect(plain(decodeForm(new URLSearchParams(given).toString()))).toEqual(plain(given));
      }),
    );
  });
});
