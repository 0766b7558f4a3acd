import type { NotHosted } from '../runtime/index.ts';

/** Keeps a count on the line of what it counts. */
export const NO_BREAK_SPACE = '\u00a0';

export type NotHostedGroup = { readonly reason: string; readonly what: readonly string[] };

/** What the template has and this machine does not host, by the reason why. */
export function groupNotHosted(notHosted: readonly NotHosted[]): readonly NotHostedGroup[] {
  const groups = Map.groupBy(notHosted, ({ reason }) => reason);
  return [...groups.entries()].map(([reason, members]) => ({ reason, what: members.map(counted) }));
}

/** `13 IAM::Role` */
const counted = ({ type, count }: NotHosted): string => {
  const name = type.replace(/^AWS::/, '').replaceAll(' ', NO_BREAK_SPACE);
  return count === 1 ? name : `${count}${NO_BREAK_SPACE}${name}`;
};
