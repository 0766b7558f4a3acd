/**
 * The next release, as a rehearsal of one: every contract that it writes is one version up and has a
 * field more, and it reads both versions. Its code is today's behind that translation, so a world
 * with a deploy shows what today's code does beside versions that it does not know.
 */
const VERSION = '"version":1';
const NEXT_VERSION = '"version":2,"knownLater":true';

/** A contract's JSON text as the next release writes it. */
export const inNextVersion = (json: string): string => json.replaceAll(VERSION, NEXT_VERSION);
