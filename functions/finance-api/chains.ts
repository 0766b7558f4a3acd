import { chainOfLine, chainOfTrade } from '../../src/process/chain.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { callers, chainPorts } from './ports.ts';

/** `GET /v1/trades/{tradeId}/chain`: from an order to every line that it comes to. */
export const getTradeChain: HttpHandler = async (event) => {
  await authenticate(callers, event, 'finance:read');
  const chain = await chainOfTrade(chainPorts, event.pathParameters?.['tradeId'] ?? '');
  if (chain !== undefined) return jsonResponse(200, chain);
  throw new ProblemError({
    ...{ status: 404, code: 'trade.not_found', detail: 'There is no such trade.' },
  });
};

/** `GET /v1/bank-lines/{lineId}/chain`: from a line back to the trades it is about. */
export const getLineChain: HttpHandler = async (event) => {
  await authenticate(callers, event, 'finance:read');
  const chain = await chainOfLine(chainPorts, event.pathParameters?.['lineId'] ?? '');
  if (chain !== undefined) return jsonResponse(200, chain);
  throw new ProblemError({
    ...{ status: 404, code: 'bank_line.not_found', detail: 'There is no such line.' },
  });
};
