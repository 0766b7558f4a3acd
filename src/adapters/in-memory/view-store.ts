import type { ViewStore } from '../../process/views.ts';
import { inMemoryBatches } from './view-batches.ts';
import { inMemoryBreaks } from './view-breaks.ts';
import { inMemoryDeadlines } from './view-deadlines.ts';
import { inMemoryFinance } from './view-finance.ts';
import { inMemoryLedger } from './view-ledger.ts';
import { inMemoryTrades } from './view-trades.ts';

/** The read models without a database: the same promises, kept for one process. */
export const inMemoryViewStore = (): ViewStore => ({
  ...inMemoryTrades(),
  ...inMemoryLedger(),
  ...inMemoryDeadlines(),
  ...inMemoryBatches(),
  ...inMemoryBreaks(),
  ...inMemoryFinance(),
});
