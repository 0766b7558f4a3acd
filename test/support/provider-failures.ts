/** How a call to a provider goes wrong so that nobody knows what became of it. */
export const unknownOutcomes = [
  'lost_before_execution',
  'lost_after_execution',
  'cut_short_after_execution',
  'failed_after_execution',
  'timed_out_after_execution',
] as const;

/** Those, and being told to come again. */
export type ProviderFailure = (typeof unknownOutcomes)[number] | 'busy';

/** Whether the provider did what it was asked to do. */
export const tookEffect = (failure: ProviderFailure): boolean =>
  failure !== 'lost_before_execution' && failure !== 'busy';
