import type { DeclaredLine, GoodsDeclaration } from './declaration.ts';
import type { CustomsPolicy, ExportThreshold } from './policy.ts';
import { crossesCustomsBorder, customsTerritoryOf } from './territories.ts';

/**
 * Whether the export must be declared to the authorities of the country that the goods leave, and by
 * which lines. `undetermined`: the threshold is in another currency, so a person must look.
 */
export type ExportDeclaration =
  | { readonly kind: 'not_required' }
  | { readonly kind: 'undetermined' }
  | { readonly kind: 'required'; readonly lines: readonly number[] };

const NOT_REQUIRED: ExportDeclaration = { kind: 'not_required' };

/** Asks the threshold of the exporter's customs territory; without one, nothing is required. */
export function exportDeclarationOf(
  { from, to, lines }: Pick<GoodsDeclaration, 'from' | 'to' | 'lines'>,
  { exportThresholds }: CustomsPolicy,
): ExportDeclaration {
  const threshold = exportThresholds[customsTerritoryOf(from)];
  if (threshold === undefined || !crossesCustomsBorder(from, to)) return NOT_REQUIRED;
  if (isTooHeavy(lines, threshold)) return { kind: 'required', lines: lines.map((_, at) => at) };
  if (lines.some(({ value }) => value.currency !== threshold.value.currency)) {
    return { kind: 'undetermined' };
  }
  const over = linesOver(lines, threshold);
  return over.length === 0 ? NOT_REQUIRED : { kind: 'required', lines: over };
}

const isTooHeavy = (lines: readonly DeclaredLine[], { weightGrams }: ExportThreshold): boolean =>
  weightGrams !== undefined &&
  lines.reduce((total, line) => total + line.weightGrams, 0) > weightGrams;

/** The lines whose code, or all lines where the consignment, is worth more than the threshold. */
function linesOver(
  lines: readonly DeclaredLine[],
  { value: { amountMinor: limit }, per }: ExportThreshold,
): readonly number[] {
  const keyOf = ({ hsCode }: DeclaredLine): string => (per === 'hs_code' ? hsCode : '');
  const worth = new Map<string, bigint>();
  for (const line of lines) {
    worth.set(keyOf(line), (worth.get(keyOf(line)) ?? 0n) + line.value.amountMinor);
  }
  return lines.flatMap((line, at) => ((worth.get(keyOf(line)) ?? 0n) > limit ? [at] : []));
}
