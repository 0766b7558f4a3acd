const SHAPE = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
const MODULUS = 97n;
const FIRST_LETTER_VALUE = 10;
const A = 'A'.charCodeAt(0);

/** True for an IBAN, without spaces, whose check digits are right (ISO 13616, ISO 7064 mod 97-10). */
export function isIban(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  const digits = [...`${text.slice(4)}${text.slice(0, 4)}`].map((character) =>
    /\d/.test(character) ? character : String(character.charCodeAt(0) - A + FIRST_LETTER_VALUE),
  );
  return BigInt(digits.join('')) % MODULUS === 1n;
}
