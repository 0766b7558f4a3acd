import { invariant } from './invariant.ts';

/** A webhook that is unsigned, tampered with or too old is refused, and nothing of it is kept. */
export const forgedWebhooksRefused = invariant({
  name: '21-forged-webhooks-refused',
  number: 21,
  when: 'rest',
  find: ({ webhooks }, report) => {
    for (const { forged, provider, eventId, status, messageIds } of webhooks) {
      if (!forged) continue;
      const isTaken = typeof status === 'number' && status < 400;
      if (isTaken || messageIds.length > 0) {
        report(null, `forged ${eventId} of ${provider} was answered ${status}`);
      }
    }
  },
});
