import { TradelaneEvent } from '../../../events/index.ts';
import { toJson } from '../../../src/platform/json.ts';
import { readSample } from '../../support/builders.ts';
import { isJsonObject, type Json } from './json.ts';
import { sampleFiles, schemaFiles, schemaOf, withUnknownField } from './schema-files.ts';

const EVENT_FOLDERS = [
  'escrow/',
  'shipment/',
  'payout/',
  'seller/',
  'batch/',
  'treasury/',
  'reconciliation/',
  'period/',
  'link/',
];
/** It lies beside the shipment's events and is a part of them. */
const PARTS = ['shipment/tracking-event'];

const eventFiles = schemaFiles.filter(
  (name) => EVENT_FOLDERS.some((folder) => name.startsWith(folder)) && !PARTS.includes(name),
);

const jsonOf = (name: string): Json => readSample(name) as Json;

const typeOf = (name: string): string => {
  const json = jsonOf(name);
  return isJsonObject(json) ? String(json['type']) : '';
};

describe('The published contracts', () => {
  it('each have a sample', () => {
    expect(sampleFiles).toEqual(schemaFiles);
  });
});

describe.each(schemaFiles)('events/%s', (name) => {
  it('reads its sample', async () => {
    const schema = await schemaOf(name);
    expect(schema.safeParse(jsonOf(name))).toMatchObject({ success: true });
  });

  it('encodes what it read back to the same JSON', async () => {
    const schema = await schemaOf(name);
    expect(JSON.parse(toJson(schema.parse(jsonOf(name))))).toEqual(jsonOf(name));
  });

  it('refuses a field it does not know, at every depth', async () => {
    const schema = await schemaOf(name);
    const accepted = withUnknownField(jsonOf(name))
      .filter(({ value }) => schema.safeParse(value).success)
      .map(({ at }) => at);
    expect(accepted).toEqual([]);
  });
});

const versioned = schemaFiles.filter((name) => {
  const json = jsonOf(name);
  return isJsonObject(json) && 'version' in json;
});

describe('A version', () => {
  it('is told by every event and every message', () => {
    const messages = schemaFiles.filter((name) => name.startsWith('messages/'));
    expect(versioned).toEqual(expect.arrayContaining([...eventFiles, ...messages]));
  });

  it.each(versioned)('of events/%s is 1, and no other is read', async (name) => {
    const schema = await schemaOf(name);
    const json = jsonOf(name);
    const others = [2, 0, '1', null].map((version) => ({ ...(json as object), version }));
    expect(json).toMatchObject({ version: 1 });
    expect(others.filter((other) => schema.safeParse(other).success)).toEqual([]);
  });
});

describe('The union of all events', () => {
  it('knows every event file and nothing beside them', () => {
    const known = TradelaneEvent.def.options.flatMap((aggregate) =>
      aggregate.def.options.map((option) => option.shape.type.def.values[0]),
    );
    expect(known.toSorted()).toEqual(eventFiles.map(typeOf).toSorted());
  });

  it.each(eventFiles)('reads the sample of %s as its own schema does', async (name) => {
    const schema = await schemaOf(name);
    expect(TradelaneEvent.parse(jsonOf(name))).toEqual(schema.parse(jsonOf(name)));
  });

  it('refuses an event of an unknown type', () => {
    expect(TradelaneEvent.safeParse({ type: 'TradeForgotten', version: 1 }).success).toBe(false);
  });
});
