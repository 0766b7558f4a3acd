import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { batchFile } from '../../src/adapters/bank/pain001/batch-file.ts';
import {
  type OpenedBatch,
  presentBatch,
  presentPayments,
  readBatch,
  sourcesOfFile,
} from '../../src/process/batch-view.ts';
import { droppedPayments } from '../../src/process/dropped-payments.ts';
import { messageIdOf } from '../../src/settlement/bank-references.ts';
import { authenticate } from '../_shared/authenticate.ts';
import { type HttpHandler, jsonResponse } from '../_shared/http.ts';
import { type Problem, ProblemError } from '../_shared/problem.ts';
import { bankAccounts, callers, debtor, stores, views } from './ports.ts';

const SCOPE = 'finance:read';
const BATCH_ID = /^batch_\d{8}_[a-z]{3}_[0-9a-z]{12}_\d{1,4}$/;
const LIST_LIMIT = 50;

/** `GET /v1/payout-batches`: the batches of the caller's marketplace, the latest day first. */
export const getBatches: HttpHandler = async (event) => {
  const { marketplaceId } = await authenticate(callers, event, SCOPE);
  const ids = await views.listBatches({ marketplaceId, limit: LIST_LIMIT });
  const batches = await Promise.all(
    ids.map((batchId) => readBatch(stores, { batchId, marketplaceId })),
  );
  const found = batches.filter((batch) => batch !== undefined);
  return jsonResponse(200, { data: found.map(presentBatch) });
};

/** `GET /v1/payout-batches/{batchId}`: its payments, each with what became of its payout. */
export const getBatch: HttpHandler = async (event) =>
  jsonResponse(200, await presentPayments(stores, await ownBatch(event)));

/**
 * `GET /v1/payout-batches/{batchId}/file`: the file for the bank, without what its payouts stand by no
 * longer. With `?without=unwritable` it leaves out what it is refused for otherwise, too.
 */
export const getBatchFile: HttpHandler = async (event) => {
  const sources = sourcesOfFile(await ownBatch(event), debtor);
  if (sources.kind === 'refused') throw conflict(sources);
  const { batch, payer } = sources;
  const withoutUnwritable = event.queryStringParameters?.['without'] === 'unwritable';
  const account = (accountReference: string) => bankAccounts.get(accountReference);
  const dropped = await droppedPayments(stores, batch.instructions);
  const file = await batchFile(batch, { payer, account, dropped, withoutUnwritable });
  if (file.kind === 'refused') throw conflict(file);
  return {
    statusCode: 200,
    headers: {
      'content-type': 'application/xml; charset=utf-8',
      'content-disposition': `attachment; filename="${messageIdOf(batch.batchId)}.xml"`,
      'cache-control': 'no-store',
    },
    body: file.text,
  };
};

const conflict = ({ code, detail, errors }: Omit<Problem, 'status'>): ProblemError =>
  new ProblemError({ status: 409, code, detail, ...(errors === undefined ? {} : { errors }) });

/** The caller's own batch; another marketplace's is not found, as one that does not exist. */
async function ownBatch(event: APIGatewayProxyEventV2): Promise<OpenedBatch> {
  const { marketplaceId } = await authenticate(callers, event, SCOPE);
  const batchId = event.pathParameters?.['batchId'] ?? '';
  const batch = BATCH_ID.test(batchId)
    ? await readBatch(stores, { batchId, marketplaceId })
    : undefined;
  if (batch !== undefined) return batch;
  throw new ProblemError({
    status: 404,
    code: 'batch.not_found',
    detail: 'There is no such batch.',
  });
}
