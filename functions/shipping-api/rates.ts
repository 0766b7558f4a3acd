import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { QuoteShipping } from '../../events/marketplace/quote-shipping.v1.ts';
import { presentOffer, quoteShipping } from '../../src/process/quote-shipping.ts';
import type { CarrierRefusal, RefusedField } from '../../src/shipment/ports.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { parseBody } from '../_shared/request.ts';
import { callers, carrierOf, selling } from './ports.ts';

const BODY_LIMIT_BYTES = 65_536;

/** `POST /v1/shipping-rates`: what carriers would take, by price or time. Nothing is kept or bought. */
export async function postRates(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  await authenticate(callers, event, 'checkout');
  const body = parseBody(event, { schema: QuoteShipping, limitBytes: BODY_LIMIT_BYTES });
  const ports = { ...selling, carrier: await carrierOf(selling.provider) };
  const offer = await quoteShipping(ports, body, `rates_${event.requestContext.requestId}`);
  if (offer.kind === 'refused') throw refused(offer);
  return jsonResponse(200, presentOffer(offer));
}

const refused = ({ code, fields = [] }: CarrierRefusal): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'shipping.refused',
    detail: `The carrier does not take this consignment: ${code}.`,
    ...(fields.length === 0
      ? {}
      : {
          errors: fields.map((field) => ({
            ...{ pointer: pointerTo(field), code },
            detail: 'The carrier does not accept this.',
          })),
        }),
  });

const OF_A_PERSON = new Set(['name', 'company', 'phone', 'email']);

/** Where a field of a label request stands in the body. */
function pointerTo(field: RefusedField): string {
  if (field === 'parcels') return '/parcels';
  if (field === 'customs') return '/lineItems';
  if (field === 'insuredValue') return '/insuredValue';
  const [side = '', line] = field.split('.');
  if (line === undefined) return `/${side}`;
  return OF_A_PERSON.has(line) ? `/${side}/${line}` : `/${side}/address/${line}`;
}
