import {
  type LogEntry,
  type Runtime,
  type RuntimeOptions,
  startRuntime,
} from '../../../local/runtime/index.ts';
import { lambdaFunction, writeAssembly } from './assembly-fixture.ts';

export type RuntimeFixture = {
  /** The source of each function's `index.cjs`; its logical id and its name are the key. */
  readonly functions?: Readonly<Record<string, string>>;
  /** Properties of functions, over the usual ones. */
  readonly properties?: Readonly<Record<string, object>>;
  /** What else the one stack `app` has. */
  readonly resources?: Readonly<Record<string, unknown>>;
  readonly options?: Partial<RuntimeOptions>;
};

export type StartedFixture = {
  readonly runtime: Runtime;
  readonly log: readonly LogEntry[];
  /** What a function wrote with `console.log(JSON.stringify(…))`, in order. */
  readonly written: (functionName: string) => unknown[];
  readonly stop: () => Promise<void>;
};

/** Starts the local runtime on a small assembly of its own. Endpoints of this process are ignored. */
export const startFixture = async (fixture: RuntimeFixture): Promise<StartedFixture> => {
  const { functions = {}, properties = {}, resources = {}, options = {} } = fixture;
  const Resources = {
    ...Object.fromEntries(
      Object.keys(functions).map((name) => [name, lambdaFunction(name, properties[name])]),
    ),
    ...resources,
  };
  const assembly = writeAssembly({ stacks: { app: { Resources } }, assets: functions });
  const log: LogEntry[] = [];
  const runtime = await startRuntime({
    assemblyDir: assembly.directory,
    secrets: () => undefined,
    processEnvironment: {},
    warm: false,
    onLog: (entry) => log.push(entry),
    ...options,
  });
  return {
    runtime,
    log,
    written: (functionName) =>
      log
        .filter((entry) => entry.functionName === functionName && entry.stream === 'stdout')
        .map(({ line }) => JSON.parse(line)),
    stop: async () => {
      await runtime.stop();
      assembly.remove();
    },
  };
};
