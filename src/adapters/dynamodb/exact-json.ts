const TAG = '$bigint';

/** JSON in which a bigint survives, for items that only this code reads. */
export const toExactJson = (value: unknown): string =>
  JSON.stringify(value, (_, member) =>
    typeof member === 'bigint' ? { [TAG]: member.toString() } : member,
  );

/** What `toExactJson` was given. */
export const fromExactJson = <T>(json: string): T => JSON.parse(json, revive) as T;

function revive(_: string, member: unknown): unknown {
  if (typeof member !== 'object' || member === null || !(TAG in member)) return member;
  return BigInt(String(member[TAG]));
}
