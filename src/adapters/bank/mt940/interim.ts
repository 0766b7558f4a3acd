import type { StatementLine, StatementProblem } from '../../../../events/bank/bank-statement.v1.ts';
import { parseSwiftAmount } from '../amounts.ts';
import { difference, odd } from '../reading.ts';
import type { Field } from './messages.ts';

/** MT942's fields 90C and 90D: how many credits and debits it lists, and their sum. */
export function checkInterimTotals(
  fields: readonly Field[],
  lines: readonly StatementLine[],
  currency: string | undefined,
): readonly StatementProblem[] {
  return fields
    .filter((field) => /^90[CD]$/.test(field.tag))
    .flatMap((field) => {
      const direction = field.tag.endsWith('C') ? 'credit' : 'debit';
      const at = { line: field.line, path: `:${field.tag}:` };
      const match = /^(\d+)([A-Z]{3})(.+)$/.exec((field.lines[0] ?? '').trim());
      const sum = parseSwiftAmount(match?.[3] ?? '', match?.[2] ?? '');
      if (match === null || !sum.ok || currency === undefined) {
        return [odd('statement.sum_not_readable', `:${field.tag}: has no count and sum.`, at)];
      }
      const counted = lines.filter((line) => line.direction === direction);
      const found = counted.reduce((total, line) => total + BigInt(line.amountMinor), 0n);
      return [
        ...(Number(match[1]) === counted.length
          ? []
          : [odd('statement.count_mismatch', countDetail(match[1], counted.length), at)]),
        ...(sum.minor === found
          ? []
          : [
              difference(
                'statement.sum_mismatch',
                { what: `The sum of ${direction}s`, claimed: sum.minor, found, currency },
                at,
              ),
            ]),
      ];
    });
}

const countDetail = (claimed: string | undefined, found: number): string =>
  `The file says ${claimed} entries, ${found} were read.`;
