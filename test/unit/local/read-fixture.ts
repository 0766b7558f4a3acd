import { readAssembly } from '../../../local/runtime/assembly.ts';
import type { Model } from '../../../local/runtime/model.ts';
import { readTemplate } from '../../../local/runtime/template.ts';
import { type AssemblyFixture, writeAssembly } from './assembly-fixture.ts';

const environment = { region: 'eu-central-1', accountId: '000000000000' };

/** What the runtime makes of an assembly with these stacks. */
export const read = (fixture: AssemblyFixture): Model => {
  const assembly = writeAssembly(fixture);
  try {
    return readTemplate(readAssembly(assembly.directory), { environment });
  } finally {
    assembly.remove();
  }
};

export const table = (properties: object = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    ...properties,
  },
});
