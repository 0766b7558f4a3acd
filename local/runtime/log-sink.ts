import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** One line that a function wrote, or that the runtime has to say about it. */
export type LogEntry = {
  readonly functionName: string;
  readonly stream: 'stdout' | 'stderr' | 'runtime';
  readonly line: string;
};

export type LogSink = (entry: LogEntry) => void;

/** A sink that appends each line to a file, after the name of its function. */
export const openLogFile = (path: string): { readonly sink: LogSink; close(): Promise<void> } => {
  const file = createWriteStream(path, { flags: 'a' });
  return {
    sink: ({ functionName, line }) => file.write(`${functionName}  ${line}\n`),
    close: async () => {
      file.end();
      await once(file, 'close');
    },
  };
};
