import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { type StartedFixture, startFixture } from '../unit/local/runtime-fixture.ts';

const sources = {
  counter: 'let count = 0; exports.handler = async () => ({ count: ++count });',
  environment: 'exports.handler = async () => process.env;',
  context: `exports.handler = async (event, context) => ({
    ...context, remaining: context.getRemainingTimeInMillis(), event });`,
  throwing: "exports.handler = async () => { throw new RangeError('too far'); };",
  crashing: `exports.handler = (event) => new Promise((resolve) => {
    if (!event.crash) return resolve('fine');
    setImmediate(() => { throw new Error('out of hand'); });
  });`,
  exiting: 'exports.handler = async () => process.exit(3);',
  hanging: `let invoked = 0; exports.handler = (event) => {
    invoked += 1;
    console.log(JSON.stringify({ hanging: true, ...event }));
    return event.answer ? Promise.resolve({ invoked }) : new Promise(() => {});
  };`,
  unloadable: "throw new Error('cannot start');",
  unserializable: 'exports.handler = async () => 1n;',
  talking: "exports.handler = async () => { console.log('out'); console.error('err'); };",
  parallel: `const { setTimeout: delay } = require('node:timers/promises');
    const worker = require('node:worker_threads').threadId;
    exports.handler = async () => { const begin = Date.now(); await delay(60); return { worker, begin }; };`,
};

const logDirectory = mkdtempSync(join(tmpdir(), 'runtime-log-'));
const logFile = join(logDirectory, 'functions.log');
let fixture: StartedFixture;

beforeAll(async () => {
  process.env['OF_THE_PARENT'] = 'secret';
  fixture = await startFixture({
    functions: sources,
    properties: {
      environment: { Environment: { Variables: { OWN: 'yes', OVERRIDDEN: 'template' } } },
      hanging: { Timeout: 1 },
      context: { MemorySize: 256, Timeout: 7 },
    },
    options: { environment: { OVERRIDDEN: 'caller' }, logFile },
  });
});

afterAll(async () => {
  delete process.env['OF_THE_PARENT'];
  await fixture.stop();
  rmSync(logDirectory, { recursive: true });
});

const invoke = (name: string, event: unknown = {}) => fixture.runtime.invoke(name, event);

describe('a function', () => {
  it('is kept warm between invocations', async () => {
    const counts = [await invoke('counter'), await invoke('counter')];
    expect(counts).toMatchObject([{ payload: { count: 1 } }, { payload: { count: 2 } }]);
  });

  it('has its own environment and what Lambda adds, and nothing else', async () => {
    const result = await invoke('environment');
    expect(result).toMatchObject({
      payload: {
        OWN: 'yes',
        OVERRIDDEN: 'caller',
        AWS_REGION: 'us-east-1',
        AWS_LAMBDA_FUNCTION_NAME: 'environment',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
        _HANDLER: 'index.handler',
        AWS_ENDPOINT_URL_DYNAMODB: fixture.runtime.endpoints.dynamodb,
        AWS_ENDPOINT_URL_SQS: fixture.runtime.endpoints.sqs,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: fixture.runtime.endpoints.secretsManager,
      },
    });
    const names = Object.keys(result.ok ? (result.payload as object) : {});
    const foreign = names.filter(
      (name) => !/^(AWS_|LAMBDA_|_HANDLER$|OWN$|OVERRIDDEN$)/.test(name),
    );
    expect(foreign).toEqual([]);
  });

  it('is given a context', async () => {
    const result = await invoke('context', { a: 1 });
    expect(result).toMatchObject({
      payload: {
        awsRequestId: result.requestId,
        functionName: 'context',
        memoryLimitInMB: '256',
        invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:context',
        event: { a: 1 },
      },
    });
    const { remaining } = (result.ok ? result.payload : {}) as { remaining: number };
    expect(remaining).toBeGreaterThan(6000);
    expect(remaining).toBeLessThanOrEqual(7000);
  });

  it('runs as many invocations at once as it may have workers, and one in each', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => invoke('parallel')));
    const runs = results.map((result) => {
      expect(result).toMatchObject({ ok: true, payload: expect.anything() });
      return (result as { payload: unknown }).payload as { worker: number; begin: number };
    });
    const byWorker = Map.groupBy(runs, ({ worker }) => worker);
    expect(byWorker.size).toBe(2);
    for (const ofWorker of byWorker.values()) {
      const begins = ofWorker.map(({ begin }) => begin).sort((left, right) => left - right);
      const gaps = begins.slice(1).map((begin, index) => begin - (begins[index] ?? 0));
      expect(gaps.every((gap) => gap >= 59)).toBe(true);
    }
  });

  it('writes to the log, on both streams, and to the log file', async () => {
    await invoke('talking');
    await eventually(() => {
      const lines = fixture.log.filter(({ functionName }) => functionName === 'talking');
      expect(lines.map(({ stream, line }) => `${stream} ${line}`).sort()).toEqual([
        'stderr err',
        'stdout out',
      ]);
      expect(readFileSync(logFile, 'utf8')).toMatch(/^talking {2}out$/m);
    });
  });
});

describe('an invocation', () => {
  it('that throws fails with the name and message of the error', async () => {
    expect(await invoke('throwing')).toMatchObject({
      ok: false,
      errorType: 'RangeError',
      errorMessage: 'too far',
    });
  });

  it('whose answer is not JSON fails', async () => {
    expect(await invoke('unserializable')).toMatchObject({ ok: false, errorType: 'TypeError' });
  });

  it('of a function that cannot be loaded fails each time', async () => {
    const results = [await invoke('unloadable'), await invoke('unloadable')];
    expect(results).toMatchObject([
      { ok: false, errorMessage: 'cannot start' },
      { ok: false, errorMessage: 'cannot start' },
    ]);
  });

  it('that crashes its worker fails, and the next has a new worker', async () => {
    expect(await invoke('crashing', { crash: true })).toMatchObject({
      ok: false,
      errorMessage: 'out of hand',
    });
    expect(await invoke('crashing')).toMatchObject({ ok: true, payload: 'fine' });
    expect(await invoke('exiting')).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
  });

  it('is killed after its timeout, and the next has a new worker', async () => {
    expect(await invoke('hanging')).toMatchObject({
      ok: false,
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringContaining('Task timed out after 1.00 seconds'),
    });
    expect(await invoke('hanging', { answer: true })).toMatchObject({ payload: { invoked: 1 } });
  });

  it('fails at once when its workers are terminated', async () => {
    const killed = invoke('hanging', { name: 'to be killed' });
    await eventually(() =>
      expect(fixture.written('hanging')).toContainEqual({ hanging: true, name: 'to be killed' }),
    );
    await fixture.runtime.terminate('hanging');
    expect(await killed).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
    expect(await invoke('hanging', { answer: true })).toMatchObject({ payload: { invoked: 1 } });
  });

  it('of a function that does not exist is refused', async () => {
    await expect(invoke('nobody')).rejects.toThrow('No one function is meant by nobody');
  });
});

describe('a runtime that is stopped', () => {
  it('ends what still runs, and its servers, within two seconds', async () => {
    const other = await startFixture({ functions: { hanging: sources.hanging } });
    const running = other.runtime.invoke('hanging', {});
    await eventually(() => expect(other.written('hanging')).toHaveLength(1));
    const startedAtMs = performance.now();
    await other.stop();
    expect(performance.now() - startedAtMs).toBeLessThan(2000);
    expect(await running).toMatchObject({ ok: false });
    const { dynamodb, sqs, secretsManager } = other.runtime.endpoints;
    for (const url of [other.runtime.url, dynamodb, sqs, secretsManager]) {
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    }
  });
});
