import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FunctionModel } from './model.ts';
import { type HostedResource, type Note, namesOf, numberOr } from './template-resource.ts';

const assetPathOf = ({ stack, property, metadata }: HostedResource, directory: string) => {
  const { S3Key } = (property('Code') ?? {}) as { S3Key?: string };
  const path = S3Key === undefined ? undefined : stack.assetPaths.get(S3Key);
  const fromMetadata = metadata['aws:asset:path'];
  if (path !== undefined || typeof fromMetadata !== 'string') return path;
  return resolve(directory, fromMetadata);
};

const environmentOf = (resource: HostedResource, note: Note): Record<string, string> => {
  const { Variables = {} } = (resource.property('Environment') ?? {}) as {
    Variables?: Record<string, unknown>;
  };
  const environment = Object.entries(Variables).map(([name, value]): [string, string] => {
    const text = String(value);
    if (text.includes('{{resolve:')) {
      const type = `${resource.type} Environment ${name}`;
      note(resource, { type, reason: 'dynamic references are not resolved locally' });
    }
    return [name, text];
  });
  return Object.fromEntries(environment);
};

/** Reads a function, or notes why it cannot run here: another runtime, or code that is not here. */
export const readFunction = (
  resource: HostedResource,
  directory: string,
  note: Note,
): FunctionModel | undefined => {
  const { type, property } = resource;
  const runtime = String(property('Runtime') ?? 'of an image');
  if (!runtime.startsWith('nodejs')) {
    note(resource, {
      type: `${type} Runtime`,
      reason: `only Node.js runs locally, not ${runtime}`,
    });
    return undefined;
  }
  const assetPath = assetPathOf(resource, directory);
  if (assetPath === undefined || !existsSync(assetPath)) {
    note(resource, {
      type: `${type} Code`,
      reason: 'the code is not a file asset of the assembly',
    });
    return undefined;
  }
  const reserved = numberOr(property('ReservedConcurrentExecutions'), undefined);
  return {
    ...namesOf(resource),
    assetPath,
    handler: String(property('Handler')),
    environment: environmentOf(resource, note),
    timeoutSeconds: numberOr(property('Timeout'), 3),
    memoryMegabytes: numberOr(property('MemorySize'), 128),
    ...(reserved === undefined ? {} : { reservedConcurrency: reserved }),
  };
};
