/** JSON text in which a bigint is a decimal string, as the schemas in `events/` read it back. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? member.toString() : member));
