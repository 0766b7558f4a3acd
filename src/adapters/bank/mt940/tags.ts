/** The keys that German banks put into the purpose: `EREF+…KREF+…SVWZ+…MTLG:…`. */
const SEPA_TAG =
  /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RREF|UETR)\+|(MTLG):/g;

/**
 * The values behind SEPA keys; what stands before the first is under the empty key. Undefined where
 * there is no key.
 */
export function sepaTags(text: string): Readonly<Record<string, string>> | undefined {
  const found = [...text.matchAll(SEPA_TAG)];
  const [first] = found;
  if (first === undefined) return undefined;
  const tags: Record<string, string> = {};
  if (first.index > 0) tags[''] = text.slice(0, first.index);
  found.forEach((match, index) => {
    const key = match[1] ?? match[2] ?? '';
    tags[key] ??= text.slice(match.index + match[0].length, found[index + 1]?.index);
  });
  return tags;
}

/** The keys of Dutch and international banks: `/TRTP/…/IBAN/…/NAME/…/REMI/…/EREF/…`. */
const SLASH_TAG =
  /\/(TRTP|TRCD|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|ISDT|RTRN|ADDR|PREF|TRANSACTIONID|UETR|ULTB|ULTD|ULTC|PURP|CNTP|ACCW|OCMT|EXCH|CHGS|RCMT|BUSP|SVCL|PID|ID)\//g;

/**
 * The values behind slash keys, or undefined where the text does not begin with one. ING's
 * `CNTP/account/BIC/name/city/` is taken apart.
 */
export function slashTags(text: string): Readonly<Record<string, string>> | undefined {
  const flat = text.replaceAll('\n', '');
  if (!/^\s*\/[A-Z]{2,13}\//.test(flat)) return undefined;
  const found = [...flat.matchAll(overlapping())];
  if (found.length === 0) return undefined;
  const tags: Record<string, string> = {};
  found.forEach((match, index) => {
    const key = match[1] ?? '';
    const end = found[index + 1]?.index ?? flat.length;
    const value = flat.slice(match.index + key.length + 2, end).replace(/^\/+|\/+$/g, '');
    tags[key] = tags[key] === undefined || tags[key] === '' ? value : tags[key];
  });
  return { ...tags, ...counterpartyOf(tags['CNTP']) };
}

/** Two keys may share a slash (`/BENM//NAME/`), so the closing one is only looked at. */
const overlapping = (): RegExp => new RegExp(SLASH_TAG.source.replace(/\\\/$/, '(?=\\/)'), 'g');

function counterpartyOf(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined) return {};
  const [account = '', bic = '', name = ''] = text.split('/');
  return { IBAN: account, BIC: bic, NAME: name };
}
