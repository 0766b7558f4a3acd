import { carrierUnavailable } from '../../../shipment/ports.ts';
import type { EasyPostAnswer } from './client.ts';

/** The body, or undefined where there is no such object. */
export const found = (answer: EasyPostAnswer): Readonly<Record<string, unknown>> | undefined => {
  if (answer.kind === 'ok') return answer.body;
  if (answer.status === 404) return undefined;
  throw carrierUnavailable('carrier.unknown_outcome', {
    message: 'EasyPost refused to answer what it has.',
    fields: { status: String(answer.status), easypostCode: answer.code },
  });
};

/** An answer without what it must hold is no answer: the next try asks again. */
export const readable = <T>(value: T | undefined, what: string): T => {
  if (value !== undefined) return value;
  throw carrierUnavailable('carrier.unknown_outcome', {
    message: `EasyPost answered without a readable ${what}.`,
  });
};
