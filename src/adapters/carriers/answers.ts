import { type CarrierRefusal, carrierUnavailable } from '../../shipment/ports.ts';
import type { CarrierAnswer } from './http.ts';
import { refusedFields } from './refused-fields.ts';

/** The body, or undefined where there is no such object. */
export const found = (answer: CarrierAnswer): Readonly<Record<string, unknown>> | undefined => {
  if (answer.kind === 'ok') return answer.body;
  if (answer.status === 404) return undefined;
  throw carrierUnavailable('carrier.unknown_outcome', {
    message: 'The carrier refused to answer what it has.',
    fields: { status: String(answer.status), carrierCode: answer.code },
  });
};

/** An answer without what it must hold is no answer: the next try asks again. */
export const readable = <T>(value: T | undefined, what: string): T => {
  if (value !== undefined) return value;
  throw carrierUnavailable('carrier.unknown_outcome', {
    message: `The carrier answered without a readable ${what}.`,
  });
};

/** A refusal in the port's terms: codes and field names, none of the carrier's text. */
export const toRefusal = ({
  code,
  fields,
}: Pick<Extract<CarrierAnswer, { kind: 'refused' }>, 'code' | 'fields'>): CarrierRefusal => {
  const known = refusedFields(fields);
  return {
    kind: 'refused',
    code,
    message: fields.length === 0 ? code : `${code}: ${fields.join(', ')}`,
    ...(known.length === 0 ? {} : { fields: known }),
  };
};
