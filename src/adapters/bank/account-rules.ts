import type { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import { isIban } from './iban.ts';
import { bankTextOf, isLatinizable, isReadable } from './latin/latin.ts';
import { FIELD_LENGTHS } from './pain001/field-lengths.ts';

export type Offense = {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
};

const ADDRESS_FIELDS = ['street', 'buildingNumber', 'postalCode', 'town', 'region'] as const;

/** Every reason why a bank would not take a payment to this account, each at its field. */
export const bankAccountOffenses = (account: BankAccount): readonly Offense[] => [
  ...numberOffenses(account),
  ...nameOffenses(account),
  ...ADDRESS_FIELDS.flatMap((field) => addressOffenses(account, field)),
];

/**
 * The fields (JSON Pointers) without which no valid payment can be written to an account: such an
 * account passed when the rules were fewer, and the schema refuses a whole file for one empty element.
 */
export const unwritableFields = (account: BankAccount): readonly string[] => [
  ...(isReadable(account.latinName ?? account.holderName) ? [] : ['/holderName']),
  ...(isReadable(account.address.town) ? [] : ['/address/town']),
  ...(isReadable(account.iban ?? account.accountNumber ?? '') ? [] : ['/accountNumber']),
];

function numberOffenses({ iban, accountNumber }: BankAccount): readonly Offense[] {
  const offenses: Offense[] = [];
  if ((iban === undefined) === (accountNumber === undefined)) {
    const detail = 'Give either iban or accountNumber.';
    offenses.push({ pointer: '/iban', code: 'one_of_two', detail });
  }
  if (iban !== undefined && !isIban(iban)) {
    const detail = 'The check digits of this IBAN are wrong.';
    offenses.push({ pointer: '/iban', code: 'check_digits', detail });
  }
  if (accountNumber !== undefined && !isReadable(accountNumber)) {
    offenses.push(unreadable('/accountNumber'));
  }
  return offenses;
}

function nameOffenses(account: BankAccount): readonly Offense[] {
  const { holderName, latinName } = account;
  if (latinName !== undefined) return isReadable(latinName) ? [] : [unreadable('/latinName')];
  const hasChinese = readsIdeographsAsChinese(account);
  if (!isLatinizable(holderName, { hasChinese }) || !isReadable(holderName)) {
    const detail = 'This name has no Latin form by our rules: give the one that the bank knows.';
    return [{ pointer: '/latinName', code: 'latin_name_required', detail }];
  }
  return lengthOffenses('/holderName', {
    ...{ text: holderName, limit: FIELD_LENGTHS.name, remedy: ' Give latinName.' },
  });
}

function addressOffenses(
  account: BankAccount,
  field: (typeof ADDRESS_FIELDS)[number],
): readonly Offense[] {
  const text = account.address[field];
  const pointer = `/address/${field}`;
  if (text === undefined) return [];
  if (!isLatinizable(text, { hasChinese: readsIdeographsAsChinese(account) })) {
    const detail = 'This text has no Latin form by our rules: give it in Latin letters.';
    return [{ pointer, code: 'not_latin', detail }];
  }
  if (!isReadable(text)) return [unreadable(pointer)];
  return lengthOffenses(pointer, { text, limit: FIELD_LENGTHS[field], remedy: '' });
}

const unreadable = (pointer: string): Offense => ({
  pointer,
  code: 'no_letter_or_digit',
  detail: 'The bank would read no letter and no digit here.',
});

/** What is cut pays somebody else, or comes back: a text is refused before. */
function lengthOffenses(
  pointer: string,
  field: { readonly text: string; readonly limit: number; readonly remedy: string },
): readonly Offense[] {
  const { length } = bankTextOf(field.text);
  if (length <= field.limit) return [];
  const detail = `In Latin letters this is ${length} characters long; a bank takes ${field.limit}.${field.remedy}`;
  return [{ pointer, code: 'too_long', detail }];
}

/** Where the same ideographs are names that pinyin does not spell. */
const READ_OTHERWISE: readonly string[] = ['JP', 'KR'];
const KANA_OR_HANGUL = /[\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u;

const readsIdeographsAsChinese = ({ country, holderName, address }: BankAccount): boolean =>
  ![country, address.country].some((code) => READ_OTHERWISE.includes(code)) &&
  ![holderName, ...Object.values(address)].some((text) => KANA_OR_HANGUL.test(text ?? ''));
