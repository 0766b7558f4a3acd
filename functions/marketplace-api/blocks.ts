import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { BlockTrade } from '../../events/marketplace/block-trade.v1.ts';
import { UnblockTrade } from '../../events/marketplace/unblock-trade.v1.ts';
import type { BlockCommand } from '../../src/escrow/commands.ts';
import { runEscrow } from '../../src/escrow/run.ts';
import { presentBlock } from '../../src/process/block-view.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { now } from '../_shared/clients.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { parseBody } from '../_shared/request.ts';
import { callers, stores } from './ports.ts';
import { ownEscrow, ownTrade } from './trade-actions.ts';

const limitBytes = 1_024;
const READ = 'compliance:read';
const WRITE = 'compliance:write';

/** `GET /v1/trades/{tradeId}/block`: what is blocked of the trade, and what is proposed. */
export const getBlock: HttpHandler = async (event) =>
  jsonResponse(200, presentBlock(await ownTrade(event, READ)));

/** `POST /v1/trades/{tradeId}/block`: somebody in the trade was hit by a screening. */
export const postBlock: HttpHandler = (event) =>
  act(event, (by, at) => ({
    ...{ type: 'BlockFunds', by, at },
    ...parseBody(event, { schema: BlockTrade, limitBytes }),
  }));

/** `POST /v1/trades/{tradeId}/unblock`: proposes to lift the block. */
export const postUnblock: HttpHandler = (event) =>
  act(event, (by, at) => ({
    ...{ type: 'ProposeUnblock', by, at },
    ...parseBody(event, { schema: UnblockTrade, limitBytes }),
  }));

/** `POST /v1/trades/{tradeId}/unblock/approval`: another person agrees. */
export const postUnblockApproval: HttpHandler = (event) =>
  act(event, (by, at) => ({ type: 'ApproveUnblock', by, at }));

async function act(
  event: APIGatewayProxyEventV2,
  commandOf: (by: string, at: string) => BlockCommand,
) {
  const { actorId } = await authenticate(callers, event, WRITE);
  const { tradeId } = (await ownEscrow(event, WRITE)).terms;
  const command = commandOf(actorId, now().toISOString());
  const context = { tradeId, cause: `api#${event.requestContext.requestId}` };
  const outcome = await runEscrow({ store: stores.escrows, now }, context, command);
  if (outcome.kind === 'rejected' || outcome.kind === 'too_early') {
    throw new ProblemError({ status: 409, code: outcome.code, detail: outcome.detail });
  }
  return jsonResponse(200, presentBlock(await ownTrade(event, WRITE)));
}
