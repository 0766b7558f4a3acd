import { directionOf, unsigned } from '../amounts.ts';
import type { Movement } from './source.ts';

type Charged = {
  readonly gross: bigint | undefined;
  /** What was taken: above zero it lowers the net. */
  readonly fee: bigint;
  readonly currency: string;
};

/** The gross amount and the fee of a movement whose amount is net. */
export const charge = ({ gross, fee, currency }: Charged): Pick<Movement, 'gross' | 'charges'> => ({
  ...(gross === undefined
    ? {}
    : { gross: { amountMinor: unsigned(gross), direction: directionOf(gross) } }),
  charges:
    fee === 0n
      ? []
      : [{ amountMinor: unsigned(fee), currency, direction: directionOf(-fee), included: true }],
});
