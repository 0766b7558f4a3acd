/** The platform's own account, the one that requests without `Stripe-Account` act for. */
export const platformAccount = 'acct_sandbox_platform';

/** The id behind a field that may hold the object itself. */
export function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === 'object' && reference !== null ? reference.id : reference;
}
