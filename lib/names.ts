/**
 * The physical name of a function or queue: `tradelane-<stage>-<name>`. Names are given, not
 * generated, so that alarms and dashboards can refer to them without importing from the app stack:
 * an export in use would otherwise block the removal of a queue.
 */
export const physicalName = (stage: string, name: string): string => `tradelane-${stage}-${name}`;

/** The name of the queue that holds what `name` gave up on. */
export const deadLetterName = (name: string): string => `${name}-dead-letter`;

/**
 * `stripe-webhook` to `StripeWebhook`, for logical ids.
 *
 * @example pascalCase('stripe-webhook') // 'StripeWebhook'
 */
export const pascalCase = (kebab: string): string =>
  kebab
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/**
 * `stripe-webhook` to `STRIPE_WEBHOOK`, for environment variables.
 *
 * @example constantCase('stripe-webhook') // 'STRIPE_WEBHOOK'
 */
export const constantCase = (kebab: string): string => kebab.replaceAll('-', '_').toUpperCase();
