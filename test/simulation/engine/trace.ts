import { createHash } from 'node:crypto';

/** What happened, step by step: always as a running hash, as text only where it is asked for. */
export type Trace = {
  readonly step: (step: TracedStep) => void;
  readonly lines: readonly string[];
  readonly hash: () => string;
};

export type TracedStep = {
  readonly atMs: number;
  readonly task: string;
  readonly kind: string;
  readonly subject: string;
  readonly outcome: string;
};

const TIME_WIDTH = 14;
const TASK_WIDTH = 20;
const FNV_PRIME = 16_777_619;
const FNV_OFFSET = 0x811c9dc5;
/** How many step hashes are gathered before they go into the digest. */
const CHUNK = 4_096;

function textHash(start: number, text: string): number {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  }
  return hash;
}

const lineOf = (startMs: number, { atMs, task, kind, subject, outcome }: TracedStep): string => {
  const seconds = ((atMs - startMs) / 1_000).toFixed(3).padStart(TIME_WIDTH);
  const where = subject === '' ? kind : `${kind} ${subject}`;
  return `${seconds} ${task.padEnd(TASK_WIDTH)} ${where}${outcome === '' ? '' : ` → ${outcome}`}`;
};

export function createTrace(startMs: number, options: { readonly withText: boolean }): Trace {
  const lines: string[] = [];
  const digest = createHash('sha256');
  const chunk = new Int32Array(CHUNK);
  let filled = 0;
  return {
    lines,
    step: (step) => {
      if (options.withText) lines.push(lineOf(startMs, step));
      let hash = Math.imul(FNV_OFFSET ^ (step.atMs % 0x7fffffff), FNV_PRIME);
      hash = textHash(hash, step.task);
      hash = textHash(hash, step.kind);
      hash = textHash(hash, step.subject);
      chunk[filled] = textHash(hash, step.outcome);
      filled += 1;
      if (filled === CHUNK) {
        digest.update(new Uint8Array(chunk.buffer));
        filled = 0;
      }
    },
    hash: () =>
      digest
        .copy()
        .update(new Uint8Array(chunk.buffer, 0, filled * chunk.BYTES_PER_ELEMENT))
        .digest('hex'),
  };
}
