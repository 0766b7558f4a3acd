/** Letters count from A as 10, as ISO 7064 has it. */
const toDigits = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => (letter.charCodeAt(0) - 55).toString());

/** ISO 11649: `RF`, two check digits and at most 21 characters; the whole is 1 modulo 97. */
function isCreditorReference(text: string): boolean {
  if (!/^RF\d{2}[A-Z0-9]{1,21}$/.test(text)) return false;
  return BigInt(toDigits(text.slice(4) + text.slice(0, 4))) % 97n === 1n;
}

const CARRY = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5] as const;

/** The Swiss QR reference: 27 digits, the last of which checks the others (modulo 10, recursive). */
function isQrReference(text: string): boolean {
  if (!/^\d{27}$/.test(text)) return false;
  const digits = [...text].map(Number);
  const carry = digits.slice(0, -1).reduce((sum, digit) => CARRY[(sum + digit) % 10] ?? 0, 0);
  return (10 - carry) % 10 === digits.at(-1);
}

/** A reference in its electronic form: upper case, without blanks. */
export const compactReference = (text: string): string => text.replace(/\s/g, '').toUpperCase();

/** True for a creditor reference or QR reference whose check digits are right. */
export function isStructuredReference(text: string): boolean {
  const compact = compactReference(text);
  return isCreditorReference(compact) || isQrReference(compact);
}
