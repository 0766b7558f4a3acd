import * as z from 'zod/mini';
import { BreakAssigned } from './break-assigned.v1.ts';
import { BreakCleared } from './break-cleared.v1.ts';
import { BreakExplained } from './break-explained.v1.ts';
import { BreakMatched } from './break-matched.v1.ts';
import { BreakRaised } from './break-raised.v1.ts';
import { BreakReopened } from './break-reopened.v1.ts';
import { BreakSentBack } from './break-sent-back.v1.ts';
import { BreakWrittenOff } from './break-written-off.v1.ts';
import { WriteOffDeclined } from './write-off-declined.v1.ts';
import { WriteOffProposed } from './write-off-proposed.v1.ts';

/** Every event of a break's stream. */
export const BreakEvent = z.discriminatedUnion('type', [
  BreakRaised,
  BreakAssigned,
  BreakExplained,
  BreakMatched,
  WriteOffProposed,
  WriteOffDeclined,
  BreakWrittenOff,
  BreakSentBack,
  BreakCleared,
  BreakReopened,
]);
export type BreakEvent = z.infer<typeof BreakEvent>;
