import type { GoodsDeclaration, Offense } from './declaration.ts';
import { exportDeclarationOf } from './export-declaration.ts';
import { isTariffCode } from './hs-code.ts';
import { incotermRules } from './incoterms.ts';
import type { CustomsPolicy, Restriction } from './policy.ts';
import { crossesCustomsBorder } from './territories.ts';

/**
 * Everything that customs would stop the goods at, asked before any money moves: all of it at once,
 * each with the field it is about. Nothing for goods that cross no customs border.
 */
export function checkGoods(
  declaration: GoodsDeclaration,
  policy: CustomsPolicy,
): readonly Offense[] {
  if (!crossesCustomsBorder(declaration.from, declaration.to)) return [];
  return [
    ...codeOffenses(declaration),
    ...incotermOffenses(declaration),
    ...dutyOffenses(declaration),
    ...weightOffenses(declaration, policy),
    ...policy.restrictions.flatMap((restriction) => restrictionOffenses(declaration, restriction)),
    ...exportOffenses(declaration, policy),
  ];
}

const linePointer = (at: number, field: string): string => `/lineItems/${at}/${field}`;

const codeOffenses = ({ lines }: GoodsDeclaration): readonly Offense[] =>
  lines.flatMap(({ hsCode }, at) =>
    isTariffCode(hsCode)
      ? []
      : [
          {
            pointer: linePointer(at, 'hsCode'),
            code: 'customs.hs_code_unknown',
            detail: `No tariff has ${hsCode}: its first four digits are no heading of any chapter.`,
          },
        ],
  );

const WATERWAYS: ReadonlySet<string> = new Set(['sea', 'inland_waterway']);

function incotermOffenses({
  incoterm,
  transportMode,
  dutiesPaidBy,
}: GoodsDeclaration): readonly Offense[] {
  const { modes, importClearance } = incotermRules[incoterm];
  const offenses: Offense[] = [];
  if (modes === 'waterway' && transportMode !== undefined && !WATERWAYS.has(transportMode)) {
    offenses.push({
      pointer: '/incoterm',
      code: 'customs.incoterm_not_for_mode',
      detail: `${incoterm} is for sea and inland waterway only, not for ${transportMode}.`,
    });
  }
  if (dutiesPaidBy !== undefined && dutiesPaidBy !== importClearance) {
    offenses.push({
      pointer: '/dutiesPaidBy',
      code: 'customs.duties_paid_by_other_side',
      detail: `Under ${incoterm} the ${importClearance} clears the import and pays the duties.`,
    });
  }
  return offenses;
}

/** Where the seller pays the duties, they are set aside of what is held: so much must be known. */
function dutyOffenses({ incoterm, dutyEstimate, amount }: GoodsDeclaration): readonly Offense[] {
  const pointer = '/dutyEstimate';
  if (incotermRules[incoterm].importClearance === 'buyer') {
    if (dutyEstimate === undefined) return [];
    const detail = `Under ${incoterm} the buyer pays the duties; nothing is set aside for them.`;
    return [{ pointer, code: 'customs.duty_estimate_unexpected', detail }];
  }
  if (dutyEstimate === undefined) {
    const detail = `Under ${incoterm} the seller pays the duties: say what they are likely to be.`;
    return [{ pointer, code: 'customs.duty_estimate_missing', detail }];
  }
  if (dutyEstimate.amountMinor < amount.amountMinor) return [];
  const detail = 'The duties would take all that the trade is worth.';
  return [{ pointer, code: 'customs.duty_estimate_too_large', detail }];
}

function weightOffenses(
  { lines }: GoodsDeclaration,
  { mostWeightGrams }: CustomsPolicy,
): readonly Offense[] {
  if (mostWeightGrams === undefined) return [];
  const total = lines.reduce((sum, { weightGrams }) => sum + weightGrams, 0);
  if (total <= mostWeightGrams) return [];
  const detail = `The lines weigh ${total} g together; ${mostWeightGrams} g are taken.`;
  return lines.map((_, at) => ({
    pointer: linePointer(at, 'weightGrams'),
    code: 'customs.too_heavy',
    detail,
  }));
}

const matches = (allowed: readonly string[] | undefined, value: string): boolean =>
  allowed === undefined || allowed.includes(value);

function restrictionOffenses(
  { from, to, lines }: GoodsDeclaration,
  { destinations, exporters, origins, hsPrefixes }: Restriction,
): readonly Offense[] {
  if (!matches(destinations, to) || !matches(exporters, from)) return [];
  if (hsPrefixes === undefined && origins === undefined) {
    const detail = `Nothing is sent from ${from} to ${to}.`;
    const pointer = '/parties/buyer/address/country';
    return [{ pointer, code: 'customs.destination_restricted', detail }];
  }
  return lines.flatMap(({ hsCode, originCountry }, at) => {
    const isMeant =
      matches(origins, originCountry) &&
      (hsPrefixes === undefined || hsPrefixes.some((prefix) => hsCode.startsWith(prefix)));
    if (!isMeant) return [];
    const detail = `Goods of ${hsCode} from ${originCountry} are not sent from ${from} to ${to}.`;
    return [{ pointer: linePointer(at, 'hsCode'), code: 'customs.goods_restricted', detail }];
  });
}

/** Named by line where the deployment wants the export declared before it takes the trade. */
function exportOffenses(declaration: GoodsDeclaration, policy: CustomsPolicy): readonly Offense[] {
  if (!policy.exportReferenceRequired || declaration.exportReference !== undefined) return [];
  const required = exportDeclarationOf(declaration, policy);
  if (required.kind !== 'required') return [];
  return required.lines.map((at) => ({
    pointer: linePointer(at, 'value'),
    code: 'customs.export_declaration_missing',
    detail: `An export of this value from ${declaration.from} is declared first: give its exportReference.`,
  }));
}
