/** Reserved by the World Customs Organization and never used. */
const RESERVED_CHAPTER = 77;
const LAST_CHAPTER = 99;

/**
 * Whether a code can stand in a tariff: chapters 01 to 97 of the Harmonized System without 77, and
 * 98 and 99, which are left to each country; then a heading, which is never 00. That it is the code
 * of these goods, only a person can say: a code is refused where it can't be one, and never padded.
 */
export function isTariffCode(code: string): boolean {
  if (!/^\d{6,10}$/.test(code)) return false;
  const chapter = Number(code.slice(0, 2));
  const heading = Number(code.slice(2, 4));
  return chapter >= 1 && chapter <= LAST_CHAPTER && chapter !== RESERVED_CHAPTER && heading >= 1;
}
