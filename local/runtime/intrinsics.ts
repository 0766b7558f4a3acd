import type { Assembly, AssemblyStack, TemplateValue } from './assembly.ts';

/** What `Ref` and `Fn::GetAtt` answer for one resource. */
export type Identity = {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
};

export type AwsEnvironment = { readonly region: string; readonly accountId: string };

/** Replaces every intrinsic within a value of a stack. `AWS::NoValue` removes what it stands for. */
export type Resolve = (stack: AssemblyStack, value: TemplateValue | undefined) => unknown;

export type ResolverSettings = {
  readonly assembly: Assembly;
  readonly environment: AwsEnvironment;
  /** The identity of a resource, hosted or not; undefined where the stack has no such resource. */
  readonly identityOf: (stack: AssemblyStack, logicalId: string) => Identity | undefined;
};

/** What an intrinsic may ask about the stack that it stands in. */
type Scope = {
  readonly stack: AssemblyStack;
  readonly resolve: (value: TemplateValue | undefined) => unknown;
  readonly reference: (name: string) => unknown;
  readonly attribute: (logicalId: string, name: string) => string;
  readonly imported: (exportName: unknown) => unknown;
};

type Intrinsic = (argument: TemplateValue, scope: Scope) => unknown;
type TemplateObject = { readonly [key: string]: TemplateValue };

const noValue = Symbol('AWS::NoValue');

const isObject = (value: TemplateValue | undefined): value is TemplateObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const resolveList = (argument: TemplateValue, { resolve, stack }: Scope): unknown[] => {
  const resolved = resolve(argument);
  if (Array.isArray(resolved)) return resolved;
  throw new Error(`${stack.stackName}: not a list: ${JSON.stringify(argument)}`);
};

const condition: Intrinsic = (name, { stack, resolve }) =>
  resolve(stack.template.Conditions?.[String(name)]);

const attribute: Intrinsic = (argument, scope) => {
  const path = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
  const [logicalId = '', ...name] = path;
  return scope.attribute(logicalId, name.join('.'));
};

const substitute: Intrinsic = (argument, scope) => {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  return String(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_match, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (isObject(variables) && name in variables) return String(scope.resolve(variables[name]));
    return String(name.includes('.') ? attribute(name, scope) : scope.reference(name));
  });
};

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, { reference }) => reference(String(name)),
  Condition: condition,
  'Fn::GetAtt': attribute,
  'Fn::Sub': substitute,
  'Fn::ImportValue': (argument, { imported, resolve }) => imported(resolve(argument)),
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = resolveList(argument, scope);
    return (parts as unknown[]).join(String(separator));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = resolveList(argument, scope);
    return String(text).split(String(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, choices] = resolveList(argument, scope);
    return (choices as unknown[])[Number(index)];
  },
  'Fn::If': (argument, scope) => {
    const [name = '', whenTrue, whenFalse] = argument as readonly TemplateValue[];
    return scope.resolve(condition(name, scope) === true ? whenTrue : whenFalse);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = resolveList(argument, scope);
    return left === right;
  },
  'Fn::And': (argument, scope) => resolveList(argument, scope).every((value) => value === true),
  'Fn::Or': (argument, scope) => resolveList(argument, scope).some((value) => value === true),
  'Fn::Not': (argument, scope) => resolveList(argument, scope)[0] !== true,
  'Fn::Base64': (argument, { resolve }) =>
    Buffer.from(String(resolve(argument))).toString('base64'),
};

const pseudoParameters = (
  { region, accountId }: AwsEnvironment,
  stackName: string,
): Readonly<Record<string, unknown>> => ({
  'AWS::Region': region,
  'AWS::AccountId': accountId,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': stackName,
  'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
  'AWS::NotificationARNs': [],
  'AWS::NoValue': noValue,
});

const resolveWithin = (value: TemplateValue | undefined, scope: Scope): unknown => {
  const isPresent = (member: unknown) => member !== noValue;
  if (Array.isArray(value)) return value.map(scope.resolve).filter(isPresent);
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', null]] = entries;
  const intrinsic = entries.length === 1 ? intrinsics[name] : undefined;
  if (intrinsic !== undefined) return intrinsic(argument, scope);
  if (entries.length === 1 && name.startsWith('Fn::')) {
    throw new Error(`${scope.stack.stackName} uses ${name}, which only AWS can evaluate`);
  }
  const members = entries.map(([key, member]) => [key, scope.resolve(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => isPresent(member)));
};

/**
 * Evaluates CloudFormation's intrinsic functions over a whole assembly, exports included. An
 * attribute that nobody knows locally resolves to a name that says which it is.
 *
 * @throws on a function that only AWS can evaluate (`Fn::GetAZs`, `Fn::Transform`…), and on a
 * reference or import that the assembly does not hold.
 */
export const createResolver = (settings: ResolverSettings): Resolve => {
  const { assembly, environment, identityOf } = settings;

  const identify = (stack: AssemblyStack, logicalId: string): Identity => {
    const identity = identityOf(stack, logicalId);
    if (identity !== undefined) return identity;
    throw new Error(`${stack.stackName} refers to ${logicalId}, which it does not have`);
  };

  const imported = (importing: AssemblyStack, exportName: unknown): unknown => {
    for (const stack of assembly.stacks) {
      for (const { Export, Value } of Object.values(stack.template.Outputs ?? {})) {
        if (Export !== undefined && resolve(stack, Export.Name) === exportName) {
          return resolve(stack, Value);
        }
      }
    }
    throw new Error(`${importing.stackName} imports ${exportName}, which no stack exports`);
  };

  const scopeOf = (stack: AssemblyStack): Scope => ({
    stack,
    resolve: (value) => resolve(stack, value),
    imported: (exportName) => imported(stack, exportName),
    attribute: (logicalId, name) =>
      identify(stack, logicalId).attributes[name] ?? `${stack.stackName}-${logicalId}-${name}`,
    reference: (name) => {
      const pseudo = pseudoParameters(environment, stack.stackName);
      if (name in pseudo) return pseudo[name];
      const parameter = stack.template.Parameters?.[name];
      return parameter === undefined ? identify(stack, name).ref : (parameter.Default ?? '');
    },
  });

  const resolve: Resolve = (stack, value) => resolveWithin(value, scopeOf(stack));
  return resolve;
};
