import type { StatementLine } from './answers.ts';

export type LineState = 'matched' | 'open' | 'in_break' | 'announced';

/** What became of a line, as the filter of a statement's lines has it. */
export function stateOf({ matching }: Pick<StatementLine, 'matching'>): LineState {
  if (matching === null) return 'announced';
  if (matching.status !== 'open') return 'matched';
  return matching.breakId === undefined ? 'open' : 'in_break';
}
