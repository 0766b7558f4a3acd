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
  readonly DependsOn?: readonly string[];
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

/** Stands for the built console, for the same reason. */
export const stubConsole = {
  page: join(import.meta.dirname, 'site', 'page'),
  assets: join(import.meta.dirname, 'site', 'assets'),
};

/** The templates of one stage, as CloudFormation would receive them. */
export const synthesizeTemplates = (options: Partial<AppOptions> = {}) => {
  const outdir = temporaryDir();
  try {
    const stubs = { code: stubCode, console: stubConsole };
    return readTemplates({ stage: 'test', outdir, ...stubs, validate: false, ...options });
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
    console: templateOf('console'),
    observability: templateOf('observability'),
  };
};

export type Templates = ReturnType<typeof synthesizeTemplates>;

/** The resources of one type, with their logical ids. */
export const resourcesOf = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.findResources(type) as Record<string, Resource>);

/** The one resource of a type. */
export const onlyResource = (template: Template, type: string): Resource => {
  const found = resourcesOf(template, type);
  const [[, resource] = []] = found;
  if (resource === undefined || found.length > 1) throw new Error(`${found.length} of ${type}`);
  return resource;
};

export const listOf = <Item>(value: Item | readonly Item[]): readonly Item[] =>
  Array.isArray(value) ? value : [value as Item];

/**
 * What a value of a template refers to, in words, across stacks: `PaymentsQueue.Arn`,
 * `ViewsTable.Arn/index/byStatus`, or the literal itself.
 */
export const referenceReader = ({ data, app }: Templates) => {
  const outputs = [data, app].flatMap((template) => Object.values(template.findOutputs('*')));
  const exports = new Map(outputs.map(({ Export, Value }) => [Export?.Name, Value]));
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
    if (intrinsic === 'Fn::Sub') return String(argument).replaceAll(/\$\{([^}]+)\}/g, '$1');
    throw new Error(`No reading of ${intrinsic}`);
  };
  return read;
};
