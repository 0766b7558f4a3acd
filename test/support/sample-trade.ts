import { randomUUID } from 'node:crypto';
import sample from '../../events/marketplace/create-trade.v1.json' with { type: 'json' };

/** The request that the project publishes as its sample. */
export const sampleTrade = sample;

/** A key that no other test uses. */
export const newKey = (): string => `key-${randomUUID()}`;

/** The sample with a shorter inspection, in seconds. */
export const inspectedFor = (inspectionPeriodSeconds: number) => ({
  ...sample,
  milestones: sample.milestones.map((milestone) => ({ ...milestone, inspectionPeriodSeconds })),
});

/** What the sample says of people: nothing of it may stand anywhere but in the vault. */
export const personalData: readonly string[] = [
  sample.parties.buyer,
  sample.parties.seller,
].flatMap(({ name, company, email, phone, address }) => [
  ...[name, ...name.split(' '), company],
  ...[email, phone, phone.replaceAll(' ', ''), address.street1],
]);

/** Which of the sample's personal data stand in a text. */
export const personalDataIn = (text: string): readonly string[] =>
  personalData.filter((datum) => text.includes(datum));
