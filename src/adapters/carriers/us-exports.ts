import type { CustomsDeclaration } from '../../shipment/ports.ts';

/** Exports from these count as exports from the United States (15 CFR 30.1). */
const US_EXPORT_COUNTRIES: ReadonlySet<string> = new Set(['US', 'PR', 'VI']);
const FILING_THRESHOLD_MINOR = 250_000n;

/**
 * Whether an export needs no filing by 15 CFR 30.37(a): from the United States, at most 2,500 USD under
 * each commodity code. Values that are not in dollars can't be compared here, so they never claim it: a
 * false declaration is never made to get a label.
 */
export function needsNoFiling(
  { items }: Pick<CustomsDeclaration, 'items'>,
  exportCountry: string,
): boolean {
  if (!US_EXPORT_COUNTRIES.has(exportCountry)) return false;
  const minorByCode = new Map<string, bigint>();
  for (const { hsCode, value } of items) {
    if (value.currency !== 'USD') return false;
    minorByCode.set(hsCode, (minorByCode.get(hsCode) ?? 0n) + value.amountMinor);
  }
  return [...minorByCode.values()].every((minor) => minor <= FILING_THRESHOLD_MINOR);
}
