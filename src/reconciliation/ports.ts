import type { Lane, LaneItem } from './lane.ts';
import type { Plan, StoredItem, StoredMatch } from './plan.ts';
import type { StatementFile, StatementHead, StoredLine } from './stored-statement.ts';

/** Files and statements by what they are. Writing one again changes nothing. */
export type StatementStore = {
  /** Keeps the file's record; that it was received does not replace what came of reading it. */
  putFile(file: StatementFile): Promise<void>;
  getFile(fileId: string): Promise<StatementFile | undefined>;
  /** Every file of which nothing was read and that nobody discarded. */
  listUnread(): Promise<readonly StatementFile[]>;
  putStatement(head: StatementHead): Promise<void>;
  getStatement(statementId: string): Promise<StatementHead | undefined>;
  /** The latest to be received first; `after` is the key of the last one that was read. */
  listStatements(query: {
    readonly limit: number;
    readonly after?: string | undefined;
  }): Promise<readonly StatementHead[]>;
};

/** Keeps the lines of statements, with the names and texts in them, encrypted. Pages count from 1. */
export type StatementVault = {
  put(statementId: string, page: number, lines: readonly StoredLine[]): Promise<void>;
  /** @throws CodedError `statement.lines_missing` | `statement.lines_unreadable`, not retryable. */
  get(statementId: string, page: number): Promise<readonly StoredLine[]>;
};

/**
 * An item that is to be looked at; `entry` is the store's own name of this note of it. `withdrawn` says
 * that the item is expected no longer.
 */
export type WorkEntry = {
  readonly itemId: string;
  readonly entry: string;
  readonly withdrawn: boolean;
};

/**
 * The items of each lane. Whoever holds a lane's lease is the only one to change items that are there;
 * adding them needs no lease.
 */
export type LaneStore = {
  /**
   * Adds items that are new and puts them to the lane's work; those that are there stay as they are.
   * One that is withdrawn is closed before it comes, and put to work as withdrawn where it is there.
   */
  addItems(items: readonly LaneItem[]): Promise<void>;
  /** Those that are there, in any order. */
  getItems(lane: Lane, itemIds: readonly string[]): Promise<readonly StoredItem[]>;
  /** The ids of items with that link: every open one, and perhaps some that are open no longer. */
  findLinked(lane: Lane, link: string): Promise<readonly string[]>;
  /** What is to be looked at: items that are new or put to work again, and those due by that day. */
  listWork(
    lane: Lane,
    query: { readonly today: string; readonly limit: number },
  ): Promise<readonly WorkEntry[]>;
  /** Removes these entries; an item that was put to work since then has another. */
  finishWork(lane: Lane, entries: readonly WorkEntry[]): Promise<void>;
  /** Puts items that are there to work again. */
  addWork(lane: Lane, itemIds: readonly string[]): Promise<void>;
  /** Replaces items; what is not open has no links. */
  saveItems(items: readonly StoredItem[]): Promise<void>;
  /** Has items open, with the links that they have by now, and puts them to work: also closed ones. */
  reopenItems(items: readonly StoredItem[]): Promise<void>;
  saveMatches(matches: readonly StoredMatch[]): Promise<void>;
  getMatch(matchId: string): Promise<StoredMatch | undefined>;
  getPlan(lane: Lane): Promise<Plan | undefined>;
  /** Undefined removes it. */
  savePlan(lane: Lane, plan: Plan | undefined): Promise<void>;
  /** True if the lane is the holder's until then: it was free, its lease had run out, or was its own. */
  lease(
    lane: Lane,
    lease: { readonly holder: string; readonly now: string; readonly until: string },
  ): Promise<boolean>;
  release(lane: Lane, holder: string): Promise<void>;
};
