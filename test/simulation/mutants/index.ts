import { BANK_TURNS } from './bank-turns.ts';
import { BLOCKS } from './blocks.ts';
import { BOOKS } from './books.ts';
import { CHARGEBACKS } from './chargebacks.ts';
import { CLAIMS } from './claims.ts';
import { DECIDING } from './deciding.ts';
import { FILS } from './fils.ts';
import { HOLDING } from './holding.ts';
import { LISTS } from './lists.ts';
import { MESSAGES } from './messages.ts';
import type { Mutant } from './mutant.ts';
import { PARCELS } from './parcels.ts';
import { PARTS } from './parts.ts';
import { PROVIDERS } from './providers.ts';
import { RECONCILING } from './reconciling.ts';

/** Every planted bug. Each must be killed by an invariant within 300 seeds. */
export const MUTANTS: readonly Mutant[] = [
  ...DECIDING,
  ...PROVIDERS,
  ...BOOKS,
  ...CLAIMS,
  ...CHARGEBACKS,
  ...BANK_TURNS,
  ...HOLDING,
  ...FILS,
  ...BLOCKS,
  ...PARTS,
  ...PARCELS,
  ...RECONCILING,
  ...LISTS,
  ...MESSAGES,
];

/** @throws RangeError if there is no mutant of that name. */
export function mutantNamed(name: string): Mutant {
  const found = MUTANTS.find((mutant) => mutant.name === name);
  if (found === undefined) throw new RangeError(`There is no mutant ${name}.`);
  return found;
}
