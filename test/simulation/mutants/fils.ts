import type { Mutant } from './mutant.ts';

const DINARS = ['three-decimal'];

/** Bugs in currencies of which not every minor unit can be moved, and in what is left over of them. */
export const FILS: readonly Mutant[] = [
  {
    name: 'price-in-single-fils',
    bug: 'A price in a currency of three decimals is rounded to what no card can be charged.',
    patches: [
      {
        file: 'src/fx/price-quote.ts',
        find: 'sellStep: isExchange ? ports.chargeStep?.(otherCurrency) : undefined,',
        replace: 'sellStep: undefined,',
      },
    ],
  },
  {
    name: 'refund-in-single-fils',
    bug: 'A refund is promised of an amount that the provider can’t give back.',
    patches: [
      {
        file: 'src/escrow/decide-refund.ts',
        find: 'const step = payableStep(amount.currency);',
        replace: 'const step = payableStep(amount.currency) && 1n;',
      },
    ],
    scenarios: DINARS,
  },
  {
    name: 'award-in-single-fils',
    bug: 'An award is given back to the fils, which the provider can’t.',
    patches: [
      {
        file: 'src/escrow/holdings.ts',
        find: 'const step = payableStep(received.currency);',
        replace: 'const step = payableStep(received.currency) && 1n;',
      },
    ],
    scenarios: DINARS,
  },
  {
    name: 'transfer-in-single-fils',
    bug: 'A transfer at the provider is asked for to the last fils.',
    patches: [
      {
        file: 'src/adapters/stripe/transfer-rail.ts',
        find: 'stepMinor: payableStep,',
        replace: 'stepMinor: (currency) => payableStep(currency) && 1n,',
      },
    ],
    scenarios: DINARS,
  },
  {
    name: 'rest-forgotten',
    bug: 'What a rail can’t pay to the last minor unit waits for no payout.',
    patches: [
      {
        file: 'src/settlement/payout.ts',
        find: 'return rest.length === 0\n',
        replace: 'return rest.length < 100\n',
      },
    ],
    scenarios: DINARS,
  },
  {
    name: 'unused-allocation-kept',
    bug: 'What a slow worker set aside for an attempt that did without stays set aside where it died.',
    patches: [
      {
        file: 'src/process/consume-settlement.ts',
        find: 'return heard(await followAllocation(ports, message, event));',
        replace: 'return followAllocation === undefined ? heard(undefined) : done;',
      },
    ],
    scenarios: [...DINARS, 'small-payouts', 'chargeback-after-release'],
  },
];
