import { RecordMovement } from '../../events/ledger/record-movement.v1.ts';
import {
  type MovementRefusal,
  refusalOfMovement,
  withAttempt,
} from '../../src/process/check-movement.ts';
import { movementOf } from '../../src/process/movement-of.ts';
import { recordMovement } from '../../src/treasury/record-movement.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { now } from '../_shared/clients.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { type Problem, ProblemError } from '../_shared/problem.ts';
import { parseBody } from '../_shared/request.ts';
import { callers, escrows, movements } from './ports.ts';

const limitBytes = 4_096;

const movementProblem = ({ status, code, detail, pointer }: MovementRefusal): Problem => ({
  ...{ status, code, detail },
  ...(status === 422 ? { errors: [{ pointer, code, detail }] } : {}),
});

/** `POST /v1/ledger/movements`: books money that moved outside any trade, once. */
export const postMovement: HttpHandler = async (event) => {
  const { marketplaceId } = await authenticate(callers, event, 'finance:post');
  const reported = movementOf(parseBody(event, { schema: RecordMovement, limitBytes }));
  const cause = `api#${event.requestContext.requestId}`;
  const refusal = await refusalOfMovement({ escrows, movements }, reported, { marketplaceId });
  if (refusal !== undefined) throw new ProblemError(movementProblem(refusal));
  const movement = await withAttempt({ escrows, movements }, reported);
  const ports = { store: movements, now };
  const outcome = await recordMovement(ports, movement, { marketplaceId, cause });
  if (outcome.kind === 'rejected' || outcome.kind === 'too_early') {
    throw new ProblemError({ status: 409, code: outcome.code, detail: outcome.detail });
  }
  return jsonResponse(outcome.kind === 'appended' ? 201 : 200, {
    movementId: movement.movementId,
    status: outcome.state.status,
  });
};
