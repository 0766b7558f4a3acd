import { type CfnElement, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { pascalCase, physicalName } from '../names.ts';

export type ReadableStackProps = Omit<StackProps, 'env' | 'stackName' | 'tags'> & {
  readonly stage: string;
};

const silentNames = new Set(['Resource', 'Default']);

/** What CDK appends to the name of a function that all of a stack share. */
const uuid = /[0-9A-F]{32}/g;

/**
 * A stack of one stage, deployable to any account and region.
 *
 * Defaults: named `tradelane-<stage>-<name>`, tagged with project and stage, and its logical ids are
 * the construct path without CDK's hash (`PaymentsDeadLetterQueue`), so that a template, an alarm
 * and a CloudFormation event can be read. Two elements that would share an id fail the synthesis.
 */
export class ReadableStack extends Stack {
  readonly stage: string;

  constructor(scope: Construct, name: string, { stage, ...props }: ReadableStackProps) {
    super(scope, physicalName(stage, name), { ...props, tags: { project: 'tradelane', stage } });
    this.stage = stage;
  }

  protected override allocateLogicalId(element: CfnElement): string {
    const { scopes } = element.node;
    return scopes
      .slice(scopes.indexOf(this) + 1)
      .map(({ node }) => node.id)
      .filter((id) => !silentNames.has(id))
      .map((id) => pascalCase(id.replaceAll(uuid, '').replaceAll(/[^A-Za-z0-9]+/g, '-')))
      .join('');
  }
}
