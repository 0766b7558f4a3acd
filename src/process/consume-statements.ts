import { createHash } from 'node:crypto';
import { type Lane, laneNames } from '../reconciliation/lane.ts';
import { laneItemsOf } from '../reconciliation/lane-items.ts';
import type { LaneStore, StatementStore, StatementVault } from '../reconciliation/ports.ts';
import {
  type FileReading,
  fileIdFor,
  readFileOf,
  storedStatement,
} from '../reconciliation/stored-statement.ts';
import { done, type Handled, ignored } from './handled.ts';

/** A file that lies in the bucket, however it came there. */
export type ArrivedFile = { readonly key: string; readonly sizeBytes: number };

export type ConsumeStatementsPorts = {
  /** The content; undefined where it is there no longer. */
  readonly fetch: (key: string) => Promise<Uint8Array | undefined>;
  readonly read: (bytes: Uint8Array) => FileReading;
  readonly largestFileBytes: number;
  readonly statements: StatementStore;
  readonly vault: StatementVault;
  readonly lanes: Pick<LaneStore, 'addItems'>;
  /** Has lanes looked at, because of this file. */
  readonly match: (lanes: readonly Lane[], fileId: string) => Promise<void>;
  readonly now: () => Date;
};

/**
 * Reads a file, stores what it says and puts its lines up for matching: lines first, then each
 * statement, then the file itself, so that what is listed is whole. All ids follow from the content: a file that comes again, under
 * whatever name, changes nothing, and a statement that another file repeats is the same one.
 */
export const consumeStatements =
  (ports: ConsumeStatementsPorts) =>
  async ({ key, sizeBytes }: ArrivedFile): Promise<Handled> => {
    if (sizeBytes > ports.largestFileBytes) {
      const detail = `The file has ${sizeBytes} bytes; at most ${ports.largestFileBytes} are read.`;
      return { kind: 'rejected', code: 'statement.too_large', detail };
    }
    const bytes = await ports.fetch(key);
    if (bytes === undefined) return ignored('statement file gone');
    const fileId = fileIdFor(createHash('sha256').update(bytes).digest('hex'));
    const known = await ports.statements.getFile(fileId);
    if (known === undefined || known.status === 'received') {
      const origin = { fileId, receivedAt: known?.receivedAt ?? ports.now().toISOString() };
      await store(ports, ports.read(bytes), origin);
    }
    // Also where it was read before: whoever read it may have died before this.
    await ports.match(laneNames, fileId);
    return done;
  };

async function store(
  { statements, vault, lanes }: ConsumeStatementsPorts,
  reading: FileReading,
  origin: { readonly fileId: string; readonly receivedAt: string },
): Promise<void> {
  for (const statement of reading.statements) {
    const { head, pages } = storedStatement(statement, origin);
    // Of a statement that came before, in another file, the first one stays.
    if ((await statements.getStatement(head.statementId)) !== undefined) continue;
    for (const [index, lines] of pages.entries()) {
      await vault.put(head.statementId, index + 1, lines);
    }
    await lanes.addItems(laneItemsOf(statement));
    await statements.putStatement(head);
  }
  await statements.putFile(readFileOf(reading, origin));
}
