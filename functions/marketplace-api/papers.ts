import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { paperLanguageOf, paperLanguages } from '../../console/papers/words.ts';
import { isFunded } from '../../src/escrow/state.ts';
import { paperToken, paperTypes } from '../../src/process/paper-link.ts';
import { now } from '../_shared/clients.ts';
import { jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { parseQuery } from '../_shared/request.ts';
import { publicOrigin, readKeys } from './ports.ts';
import { ownEscrow } from './trade-actions.ts';

const LINK_MS = 3_600_000;
const Query = z.strictObject({ language: z.optional(z.enum(paperLanguages)) });

/**
 * `GET /v1/trades/{tradeId}/papers`: links to the commercial invoice and the packing list, each in the
 * seller's language and the buyer's, or in the one that is asked for.
 */
export async function getPapers(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const escrow = await ownEscrow(event);
  const { language } = parseQuery(event, Query);
  if (!isFunded(escrow)) {
    throw new ProblemError({
      status: 409,
      code: 'paper.not_before_payment',
      detail: 'A trade has papers once it is paid.',
    });
  }
  const { tradeId, seller, buyer } = escrow.terms;
  const both = [seller, buyer].map(({ country }) => paperLanguageOf(country));
  const languages = language === undefined ? [...new Set(both)] : [language];
  const until = new Date(now().getTime() + LINK_MS);
  const keys = await readKeys();
  const data = languages.flatMap((each) =>
    paperTypes.map((type) => ({
      type,
      language: each,
      url: `${publicOrigin}/d/${paperToken(keys, { tradeId, type, language: each }, until)}`,
      expiresAt: until.toISOString(),
    })),
  );
  return jsonResponse(200, { data });
}
