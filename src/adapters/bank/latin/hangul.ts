/** Revised Romanization of Korean, syllable by syllable: the letters of a name, not their sound changes. */
const LEADS = 'g kk n d tt r m b pp s ss - j jj ch k t p h'.split(' ');
const VOWELS = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const TAILS = '- k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ');

const FIRST_SYLLABLE = 0xac00;
const SYLLABLES = 11_172;

const letters = (list: readonly string[], index: number): string =>
  (list[index] ?? '').replace('-', '');

export const isHangul = (character: string): boolean => {
  const offset = (character.codePointAt(0) ?? 0) - FIRST_SYLLABLE;
  return offset >= 0 && offset < SYLLABLES;
};

/** A syllable block in Latin letters. */
export function romanizeHangul(character: string): string {
  const offset = (character.codePointAt(0) ?? 0) - FIRST_SYLLABLE;
  const [tails, vowels] = [TAILS.length, VOWELS.length];
  return (
    letters(LEADS, Math.floor(offset / tails / vowels)) +
    letters(VOWELS, Math.floor(offset / tails) % vowels) +
    letters(TAILS, offset % tails)
  );
}
