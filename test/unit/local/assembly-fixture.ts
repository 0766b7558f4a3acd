import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type AssemblyFixture = {
  /** CloudFormation templates by stack name. */
  readonly stacks: Readonly<Record<string, object>>;
  /** The source of `index.cjs` by asset name; the template's key for it is `<name>.zip`. */
  readonly assets?: Readonly<Record<string, string>>;
};

export type WrittenAssembly = { readonly directory: string; readonly remove: () => void };

/** Writes a cloud assembly as `cdk synth` does: manifest, templates, asset manifests and assets. */
export const writeAssembly = ({ stacks, assets = {} }: AssemblyFixture): WrittenAssembly => {
  const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
  const write = (name: string, content: object) =>
    writeFileSync(join(directory, name), JSON.stringify(content));

  const artifacts: Record<string, object> = { Tree: { type: 'cdk:tree' } };
  for (const [stackName, template] of Object.entries(stacks)) {
    const templateFile = `${stackName}.template.json`;
    write(templateFile, template);
    artifacts[stackName] = { type: 'aws:cloudformation:stack', properties: { templateFile } };
  }
  for (const [name, source] of Object.entries(assets)) {
    mkdirSync(join(directory, `asset.${name}`));
    writeFileSync(join(directory, `asset.${name}`, 'index.cjs'), source);
  }
  const files = Object.keys(assets).map((name) => [
    name,
    {
      source: { path: `asset.${name}`, packaging: 'zip' },
      destinations: { current: { bucketName: 'assets', objectKey: `${name}.zip` } },
    },
  ]);
  write('app.assets.json', { files: Object.fromEntries(files) });
  artifacts['app.assets'] = { type: 'cdk:asset-manifest', properties: { file: 'app.assets.json' } };
  write('manifest.json', { version: '1', artifacts });
  return { directory, remove: () => rmSync(directory, { recursive: true }) };
};

/** A Lambda function whose asset and function are called `name`. */
export const lambdaFunction = (name: string, properties: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: name,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    ...properties,
  },
});

/** A route of the API `Api` and its integration with the function of the logical id. */
export const httpRoute = (id: string, routeKey: string, functionId: string) => ({
  [`${id}Integration`]: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': [functionId, 'Arn'] },
      PayloadFormatVersion: '2.0',
    },
  },
  [`${id}Route`]: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: routeKey,
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: `${id}Integration` }]] },
    },
  },
});

export const httpApi = {
  Type: 'AWS::ApiGatewayV2::Api',
  Properties: { Name: 'api', ProtocolType: 'HTTP' },
};
