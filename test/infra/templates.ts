import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import { type AppOptions, buildApp } from '../../lib/app.ts';

export type Resource = {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties are whatever AWS defines
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
};

export type Statement = {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
};

/** For the caller to remove. */
export const temporaryDir = (): string => mkdtempSync(join(tmpdir(), 'tradelane-infra-'));

/** Stands for every function's code, so that these tests are about the template alone. */
export const stubCode = () => Code.fromInline('exports.handler = async () => {};');

/** The three templates of one stage, as CloudFormation would receive them. */
export const synthesizeTemplates = (options: Partial<AppOptions> = {}) => {
  const outdir = temporaryDir();
  try {
    return readTemplates({ stage: 'test', outdir, code: stubCode, validate: false, ...options });
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

const readTemplates = (options: AppOptions) => {
  const app = buildApp(options);
  const templateOf = (name: string) => {
    const stack = app.node.findChild(`tradelane-${options.stage}-${name}`);
    if (!Stack.isStack(stack)) throw new Error(`${name} is not a stack`);
    return Template.fromStack(stack);
  };
  return {
    stacks: app.node.children.filter((child) => Stack.isStack(child)),
    data: templateOf('data'),
    app: templateOf('app'),
    observability: templateOf('observability'),
  };
};

export type Templates = ReturnType<typeof synthesizeTemplates>;

/** The resources of one type, with their logical ids. */
export const resourcesOf = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.findResources(type) as Record<string, Resource>);

export const listOf = <Item>(value: Item | readonly Item[]): readonly Item[] =>
  Array.isArray(value) ? value : [value as Item];

/**
 * What a value of a template refers to, in words, across stacks: `PaymentsQueue.Arn`,
 * `ViewsTable.Arn/index/byStatus`, or the literal itself.
 */
export const referenceReader = ({ data }: Templates) => {
  const exports = new Map(
    Object.values(data.findOutputs('*')).map(({ Export, Value }) => [Export?.Name, Value]),
  );
  const read = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return String(value);
    const [[intrinsic, argument]] = Object.entries(value) as [[string, unknown]];
    if (intrinsic === 'Ref') return String(argument);
    if (intrinsic === 'Fn::GetAtt') return (argument as string[]).join('.');
    if (intrinsic === 'Fn::ImportValue') return read(exports.get(argument));
    if (intrinsic === 'Fn::Join') {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map(read).join(separator);
    }
    throw new Error(`No reading of ${intrinsic}`);
  };
  return read;
};
