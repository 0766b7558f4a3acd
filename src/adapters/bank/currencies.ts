import { isCurrencyCode, minorUnitDigits } from '../../money/currency.ts';

/**
 * Currencies that ISO 4217 withdrew before 2020, with their decimals. Money can't be held in them,
 * but archived statements are still read.
 */
const withdrawnDigits: Readonly<Record<string, number>> = {
  ATS: 2,
  BEF: 0,
  CYP: 2,
  DEM: 2,
  EEK: 2,
  ESP: 0,
  FIM: 2,
  FRF: 2,
  GRD: 0,
  IEP: 2,
  ITL: 0,
  LTL: 2,
  LUF: 0,
  LVL: 2,
  MTL: 2,
  NLG: 2,
  PTE: 0,
  SIT: 2,
  SKK: 2,
};

/** The currency's decimals, or undefined for a code that was never money's. */
export const statementDigits = (code: string): number | undefined =>
  isCurrencyCode(code)
    ? minorUnitDigits(code)
    : Object.hasOwn(withdrawnDigits, code)
      ? withdrawnDigits[code]
      : undefined;
