const pairs = (text: string): readonly (readonly [string, string])[] =>
  text.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)] as const);

/** BGN/PCGN for Russian, with the letters of Ukrainian, Belarusian, Bulgarian, Serbian and Macedonian. */
const CYRILLIC =
  'аa бb вv гg дd еe ёe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya ' +
  'іi їyi єye ґg ўu ђdj јj љlj њnj ћc џdz ѓgj ќkj ѕdz';

/** ELOT 743, letter by letter. */
const GREEK = 'αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo';

/** Latin letters that no accent is taken off of. */
const LATIN = 'ßss æae œoe øo łl đd ðd þth ıi ħh ŧt ŋng ĸk ʼ';

const LETTERS: ReadonlyMap<string, string> = new Map(pairs(`${CYRILLIC} ${GREEK} ${LATIN}`));

/**
 * One letter of an alphabet in Latin letters: by the tables, else without its accents; undefined where
 * neither leads to Latin. A letter that is written and not read, such as Ъ, becomes nothing.
 */
export function latinLetters(lowerCase: string): string | undefined {
  const known = LETTERS.get(lowerCase);
  if (known !== undefined) return known;
  const bare = lowerCase.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  if (bare === lowerCase) return undefined;
  const parts = [...bare].map((letter) => (isAscii(letter) ? letter : LETTERS.get(letter)));
  return parts.includes(undefined) ? undefined : parts.join('');
}

export const isAscii = (character: string): boolean => /^[\x20-\x7e]$/.test(character);
