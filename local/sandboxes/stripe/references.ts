/** The platform's own account, the one that requests without `Stripe-Account` act for. */
export const platformAccount = 'acct_sandbox_platform';

/** The platform as connected accounts know it. */
export const platformApplication = 'ca_sandbox00000platform';

/** The id behind a field that may hold the object itself. */
export function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === 'object' && reference !== null ? reference.id : reference;
}
