import type { BankAccount } from '../../../events/marketplace/bank-account.v1.ts';
import { isIban } from './iban.ts';
import { isLatinizable } from './latin/latin.ts';

export type Offense = {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
};

/** Every reason why a bank would not take a payment to this account, each at its field. */
export function bankAccountOffenses(account: BankAccount): readonly Offense[] {
  const { iban, accountNumber, holderName, latinName, address } = account;
  const offenses: Offense[] = [];
  if ((iban === undefined) === (accountNumber === undefined)) {
    offenses.push({
      pointer: '/iban',
      code: 'one_of_two',
      detail: 'Give either iban or accountNumber.',
    });
  }
  if (iban !== undefined && !isIban(iban)) {
    offenses.push({
      pointer: '/iban',
      code: 'check_digits',
      detail: 'The check digits of this IBAN are wrong.',
    });
  }
  if (latinName === undefined && !isLatinizable(holderName)) {
    offenses.push({
      pointer: '/latinName',
      code: 'latin_name_required',
      detail: 'This name has no Latin form by our rules: give the one that the bank knows.',
    });
  }
  for (const name of ['street', 'buildingNumber', 'postalCode', 'town', 'region'] as const) {
    if (!isLatinizable(address[name] ?? '')) {
      offenses.push({
        pointer: `/address/${name}`,
        code: 'not_latin',
        detail: 'This text has no Latin form by our rules: give it in Latin letters.',
      });
    }
  }
  return offenses;
}
