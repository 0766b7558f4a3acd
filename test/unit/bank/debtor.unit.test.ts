import * as z from 'zod/mini';
import { Debtor } from '../../../src/adapters/bank/debtor.ts';

const debtor = {
  ...{ holderName: 'Tradelane Sample Payments B.V.', bic: 'INGBNL2A', country: 'NL' },
  address: { street: 'Keizersgracht', buildingNumber: '1', town: 'Amsterdam', country: 'NL' },
  iban: 'NL91ABNA0417164300',
};
const { iban: _, ...withoutAccount } = debtor;

describe('Who pays by bank file', () => {
  it('shares the charges where nothing else is said', () => {
    expect(Debtor.parse(debtor)).toEqual({ ...debtor, chargeBearer: 'SHAR' });
  });

  it.each([
    ['has no account', withoutAccount, 'iban', 'one_of_two'],
    ['has two', { ...debtor, accountNumber: '1' }, 'iban', 'one_of_two'],
    ['has a mistyped IBAN', { ...debtor, iban: 'NL91ABNA0417164301' }, 'iban', 'check_digits'],
    [
      'has an account number of signs',
      { ...withoutAccount, accountNumber: '//' },
      'accountNumber',
      'no_letter_or_digit',
    ],
    [
      'has no name that a bank reads',
      { ...debtor, holderName: '★★★' },
      'latinName',
      'latin_name_required',
    ],
    [
      'has no town that a bank reads',
      { ...debtor, address: { ...debtor.address, town: '/' } },
      'address.town',
      'no_letter_or_digit',
    ],
  ])('is refused where it %s, with the field and the code', (_what, value, path, code) => {
    const { error } = z.safeParse(Debtor, value);
    const issues = error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    expect(issues).toEqual([expect.stringMatching(`^${path} payout_debtor.${code}: `)]);
  });
});
