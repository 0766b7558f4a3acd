import * as z from 'zod/mini';
import { instant, opaqueId } from '../common.ts';

/** Why somebody did it, for whoever reads the record later. */
export const reason = z.string().check(z.minLength(3), z.maxLength(500));

/** Who took a step on a break, when, and why. People are opaque ids. */
export const step = { by: opaqueId, reason, at: instant };
