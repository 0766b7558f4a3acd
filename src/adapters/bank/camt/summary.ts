import type { StatementLine, StatementProblem } from '../../../../events/bank/bank-statement.v1.ts';
import { parseDecimal } from '../amounts.ts';
import { difference, odd } from '../reading.ts';
import { one, textAt, type XmlNode } from './xml.ts';

const groups = [
  ['TtlNtries', undefined],
  ['TtlCdtNtries', 'credit'],
  ['TtlDbtNtries', 'debit'],
] as const;

/** The bank's own count and sum of entries against those that were read. */
export function checkSummary(
  summary: XmlNode | undefined,
  lines: readonly StatementLine[],
  currency: string | null,
  path: string,
): readonly StatementProblem[] {
  return groups.flatMap(([name, direction]) => {
    const group = one(summary, name);
    if (group === undefined) return [];
    const counted = lines.filter((line) => direction === undefined || line.direction === direction);
    const at = { path: `${path}/${name}` };
    return [
      ...checkCount(textAt(group, 'NbOfNtries'), counted.length, at),
      ...checkSum(textAt(group, 'Sum'), counted, currency, at),
    ];
  });
}

function checkCount(
  claimed: string | undefined,
  found: number,
  at: { path: string },
): readonly StatementProblem[] {
  if (claimed === undefined || claimed.replace(/^0+(?=\d)/, '') === found.toString()) return [];
  const detail = `The file says ${claimed} entries, ${found} were read.`;
  return [odd('statement.count_mismatch', detail, at)];
}

function checkSum(
  sum: string | undefined,
  lines: readonly StatementLine[],
  currency: string | null,
  at: { path: string },
): readonly StatementProblem[] {
  const isPlain = lines.every((line) => line.currency === currency);
  if (sum === undefined || currency === null || !isPlain) return [];
  const claimed = parseDecimal(sum, currency);
  const found = lines.reduce((total, line) => total + BigInt(line.amountMinor), 0n);
  if (!claimed.ok || claimed.minor === found) return [];
  const what = 'The sum of entries';
  return [
    difference('statement.sum_mismatch', { what, claimed: claimed.minor, found, currency }, at),
  ];
}
