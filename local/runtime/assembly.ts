import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A JSON value of a template, intrinsics included. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | readonly TemplateValue[]
  | { readonly [key: string]: TemplateValue };

export type TemplateResource = {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: TemplateValue };
  readonly Metadata?: { readonly [name: string]: TemplateValue };
  readonly Condition?: string;
};

export type Template = {
  readonly Resources?: { readonly [logicalId: string]: TemplateResource };
  readonly Outputs?: {
    readonly [name: string]: {
      readonly Value: TemplateValue;
      readonly Export?: { readonly Name: TemplateValue };
    };
  };
  readonly Parameters?: { readonly [name: string]: { readonly Default?: TemplateValue } };
  readonly Mappings?: TemplateValue;
  readonly Conditions?: { readonly [name: string]: TemplateValue };
};

export type AssemblyStack = {
  readonly stackName: string;
  readonly template: Template;
  /** Absolute directories of the stack's file assets, by the object key that templates use. */
  readonly assetPaths: ReadonlyMap<string, string>;
};

export type Assembly = { readonly directory: string; readonly stacks: readonly AssemblyStack[] };

type Artifact = {
  readonly type: string;
  readonly displayName?: string;
  readonly properties?: {
    readonly templateFile?: string;
    readonly file?: string;
    readonly stackName?: string;
    readonly directoryName?: string;
  };
};

type AssetManifest = {
  readonly files?: {
    readonly [id: string]: {
      readonly source: { readonly path?: string };
      readonly destinations: { readonly [id: string]: { readonly objectKey: string } };
    };
  };
};

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

const readArtifacts = (directory: string): [string, Artifact][] => {
  const path = join(directory, 'manifest.json');
  if (!existsSync(path)) {
    throw new Error(`No cloud assembly in ${directory}: synthesize the app first`);
  }
  return Object.entries(readJson<{ artifacts?: Record<string, Artifact> }>(path).artifacts ?? {});
};

const readAssetPaths = (directory: string, artifacts: [string, Artifact][]) => {
  const manifests = artifacts
    .filter(([, { type }]) => type === 'cdk:asset-manifest')
    .map(([, { properties }]) => readJson<AssetManifest>(join(directory, properties?.file ?? '')));
  return new Map(
    manifests
      .flatMap(({ files }) => Object.values(files ?? {}))
      .flatMap(({ source, destinations }) =>
        Object.values(destinations).map(({ objectKey }): [string, string] => [
          objectKey,
          resolve(directory, source.path ?? ''),
        ]),
      ),
  );
};

const readStacks = (directory: string): AssemblyStack[] => {
  const artifacts = readArtifacts(directory);
  const assetPaths = readAssetPaths(directory, artifacts);
  return artifacts.flatMap(([artifactId, { type, properties }]) => {
    if (type === 'cdk:cloud-assembly') {
      return readStacks(join(directory, properties?.directoryName ?? ''));
    }
    if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) return [];
    const template = readJson<Template>(join(directory, properties.templateFile));
    return [{ stackName: properties.stackName ?? artifactId, template, assetPaths }];
  });
};

/**
 * Reads a synthesized cloud assembly (`cdk.out`): every stack's template, those of nested stages
 * included, and where its assets lie.
 *
 * @throws where the directory holds no assembly.
 */
export const readAssembly = (directory: string): Assembly => ({
  directory: resolve(directory),
  stacks: readStacks(resolve(directory)),
});
