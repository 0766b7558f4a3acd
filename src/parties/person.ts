import type { Person } from './ports.ts';

/** What a person of finance may be allowed. The groups of the people's directory are spelled the same. */
export const FINANCE_SCOPES = ['finance:read', 'finance:post', 'finance:close'] as const;

/** What a verified token says of a person. */
export type PersonClaims = {
  /** Who it is, for ever and for nobody else: never a name or an address. */
  readonly subject: string;
  readonly groups: readonly string[];
};

/**
 * A person of the marketplace whose deployment it is. A group that is no scope of finance gives nothing,
 * so that whoever may make groups can't open another marketplace's routes, or checkout's.
 */
export const personOf = ({ subject, groups }: PersonClaims, marketplaceId: string): Person => ({
  marketplaceId,
  scopes: FINANCE_SCOPES.filter((scope) => groups.includes(scope)),
  personId: `usr_${subject}`,
});
