import { functionNames } from '../../lib/functions.ts';
import { referenceReader, resourcesOf, synthesizeTemplates } from './templates.ts';

const templates = synthesizeTemplates();
const { app } = templates;
const read = referenceReader(templates);
const functions = resourcesOf(app, 'AWS::Lambda::Function');
const logGroups = resourcesOf(app, 'AWS::Logs::LogGroup');

describe('functions', () => {
  it('are exactly those of the list', () => {
    const names = functions.map(([, { Properties }]) => Properties.FunctionName);
    expect(names.sort()).toEqual(functionNames.map((name) => `tradelane-test-${name}`).sort());
  });
});

/** The largest statement, and the longest report in print, take more memory than the rest. */
const larger: Readonly<Record<string, number>> = {
  statements: 2048,
  papers: 1024,
  'finance-api': 1024,
};

describe.each(functions)('%s', (_id, { Properties }) => {
  it('runs the handler of its bundle on Node 24, arm64', () => {
    expect(Properties.Runtime).toBe('nodejs24.x');
    expect(Properties.Architectures).toEqual(['arm64']);
    expect(Properties.Handler).toBe('index.handler');
    const name = Properties.FunctionName.replace('tradelane-test-', '');
    expect(Properties.MemorySize).toBe(larger[name] ?? 512);
  });

  it('logs JSON to its own group', () => {
    const { LogFormat, LogGroup } = Properties.LoggingConfig;
    expect(LogFormat).toBe('JSON');
    expect(logGroups.map(([id]) => id)).toContain(read(LogGroup));
  });

  it('has a role of its own', () => {
    const role = read(Properties.Role);
    expect(functions.filter(([, other]) => read(other.Properties.Role) === role)).toHaveLength(1);
  });

  it('has no tracer and no source maps to load', () => {
    expect(Properties.TracingConfig).toBeUndefined();
    expect(Properties.Environment.Variables.NODE_OPTIONS).toBeUndefined();
  });

  it('ends before its caller stops waiting', () => {
    expect(Properties.Timeout).toBeLessThanOrEqual(60);
  });
});

describe('log groups', () => {
  it('are one for each function and one for the API', () => {
    expect(logGroups).toHaveLength(functionNames.length + 1);
  });

  it.each(logGroups)('%s is kept for 90 days', (_id, { Properties, DeletionPolicy }) => {
    expect(Properties.RetentionInDays).toBe(90);
    expect(DeletionPolicy).toBe('Retain');
  });
});
