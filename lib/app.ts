import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { App } from 'aws-cdk-lib/core';
import { bundleFunctions } from './bundling.ts';
import { buildConsole, type ConsoleFolders } from './console-app.ts';
import type { ServiceContext } from './constructs/service-function.ts';
import { parseSettings, parseStage, type SettingsInput, signInOf } from './settings.ts';
import { AppStack } from './stacks/app-stack.ts';
import { ConsoleStack } from './stacks/console-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { ObservabilityStack } from './stacks/observability-stack.ts';

const projectDir = join(import.meta.dirname, '..');

export type AppOptions = {
  /** Names the stacks and their resources: `local`, `production`, … */
  readonly stage: string;
  /** Where the cloud assembly goes. Default: `cdk.out` in the project. */
  readonly outdir?: string;
  readonly settings?: SettingsInput;
  /** The code of each function. Default: bundles those of `functionsDir`. */
  readonly code?: ServiceContext['code'];
  /** The built console. Default: builds it. */
  readonly console?: ConsoleFolders;
  /** Default: `functions` in the project. */
  readonly functionsDir?: string;
  /** Checks the templates against CloudFormation's schemas, which takes a second. Default: true. */
  readonly validate?: boolean;
  /** Where bundles and source maps go. Default: `dist` in the project. */
  readonly distDir?: string;
};

/**
 * Decided here and not in `cdk.json`, so that the CLI, a direct synthesis and the local runtime write
 * the same bytes on every machine: no source positions, and assets findable from the template.
 *
 * References between stacks are strong: CloudFormation itself refuses to remove what is in use.
 */
const postCliContext = {
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  'aws:cdk:disable-stack-trace': true,
  'aws:cdk:disable-creation-stack-traces': true,
  'aws:cdk:enable-path-metadata': false,
  'aws:cdk:enable-asset-metadata': true,
};

/**
 * The CDK app of one stage: data, app, console and observability stacks, for any account and region.
 * Bundles the functions and the console unless they are given.
 */
export const buildApp = (options: AppOptions): App => {
  const stage = parseStage(options.stage);
  const settings = parseSettings(options.settings ?? {});
  const app = new App({
    outdir: options.outdir ?? join(projectDir, 'cdk.out'),
    analyticsReporting: false,
    treeMetadata: false,
    builtinCloudFormationValidation: options.validate ?? true,
    postCliContext,
  });
  const context = { stage, settings, code: options.code ?? bundledCode(options) };
  const { paperRetentionDays } = settings;
  const data = new DataStack(app, { stage, paperRetentionDays, signIn: signInOf(settings) });
  const { api } = new AppStack(app, { context, data }).api;
  const folders = options.console ?? buildConsole({ distDir: distDirOf(options) });
  new ConsoleStack(app, { context, data, api, folders });
  new ObservabilityStack(app, { stage, alarmEmail: settings.alarmEmail });
  return app;
};

export type Synthesis = {
  /** The cloud assembly: a template and an assets file per stack, a folder per function. */
  readonly assemblyDir: string;
  readonly stackNames: readonly string[];
};

/** Writes the cloud assembly of one stage. Needs no AWS account and no network. */
export const synthesize = (options: AppOptions): Synthesis => {
  const { directory, stacks } = buildApp(options).synth();
  return { assemblyDir: directory, stackNames: stacks.map(({ stackName }) => stackName) };
};

const distDirOf = ({ distDir }: AppOptions): string => distDir ?? join(projectDir, 'dist');

const bundledCode = (options: AppOptions): ServiceContext['code'] => {
  const bundles = bundleFunctions({
    functionsDir: options.functionsDir ?? join(projectDir, 'functions'),
    distDir: distDirOf(options),
  });
  return (name) => Code.fromAsset(bundles[name].directory);
};
