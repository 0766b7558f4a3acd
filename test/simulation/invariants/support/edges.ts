import type { EventType } from './history.ts';

/** Which event may follow in which status of an aggregate, and where it leads. */
export type Edges = Readonly<Record<string, Partial<Record<EventType, string>>>>;
