import { one, textAt, textAtAny, type XmlNode } from './xml.ts';

const ACCOUNT_IDS = ['Othr/Id', 'PrtryAcct/Id', 'BBAN', 'UPIC', 'Prxy/Id'];

/** An account's IBAN or other number, under its `Id`. */
export function accountIdOf(account: XmlNode | undefined): string | undefined {
  const id = one(account, 'Id');
  return textAt(id, 'IBAN') ?? textAtAny(id, ...ACCOUNT_IDS) ?? textAt(account, 'Prxy', 'Id');
}

/** A bank's BIC, and nothing else. */
export const bicOf = (institution: XmlNode | undefined): string | undefined =>
  textAtAny(institution, 'BICFI', 'BIC', 'CmbndId/BIC');

/** A bank's BIC, or its clearing id, or its name. */
export const servicerOf = (institution: XmlNode | undefined): string | undefined =>
  textAtAny(
    institution,
    'BICFI',
    'BIC',
    'CmbndId/BIC',
    'ClrSysMmbId/MmbId',
    'ClrSysMmbId/Id',
    'NmAndAdr/Nm',
    'Nm',
  );

/** The currency in an amount's attribute. */
export function currencyOfAmount(amount: XmlNode | undefined): string | undefined {
  if (amount === undefined || typeof amount === 'string') return undefined;
  const currency = amount['@Ccy'];
  return typeof currency === 'string' ? currency : undefined;
}
