import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { type HttpHandler, jsonResponse, routedFunction } from '../_shared/http.ts';
import { getBlock, postBlock, postUnblock, postUnblockApproval } from './blocks.ts';
import { postAcceptance, postEvidence } from './chargebacks.ts';
import {
  postAgreement,
  postDecision,
  postDispute,
  postEscalation,
  postProposal,
  postReturn,
  postWithdrawal,
} from './disputes.ts';
import { postDocument, postDuties, postDutiesPayment } from './holdings.ts';
import { getPapers } from './papers.ts';
import { postPickup, postPickupCancellation } from './pickups.ts';
import { settings } from './ports.ts';
import { postTrade } from './post-trade.ts';
import { getQuote, postQuote } from './quotes.ts';
import { postRefund, postRefundRetry } from './refunds.ts';
import { deleteTrackingLink, postTrackingLink } from './tracking-links.ts';
import { getTrade, postAccept, postCancel } from './trade-actions.ts';

// The small zod has no words of its own; a marketplace engineer reads these.
z.config(en());

const getHealth: HttpHandler = async () =>
  jsonResponse(200, { status: 'ok', version: settings.version });

const routes: Readonly<Record<string, HttpHandler>> = {
  'GET /health': getHealth,
  'POST /v1/quotes': postQuote,
  'GET /v1/quotes/{quoteId}': getQuote,
  'POST /v1/trades': postTrade,
  'GET /v1/trades/{tradeId}': getTrade,
  'POST /v1/trades/{tradeId}/accept': postAccept,
  'POST /v1/trades/{tradeId}/cancel': postCancel,
  'POST /v1/trades/{tradeId}/refunds': postRefund,
  'POST /v1/trades/{tradeId}/refunds/{refundId}/retry': postRefundRetry,
  'POST /v1/trades/{tradeId}/milestones/{milestoneId}/documents': postDocument,
  'GET /v1/trades/{tradeId}/papers': getPapers,
  'POST /v1/trades/{tradeId}/shipment/pickup': postPickup,
  'POST /v1/trades/{tradeId}/shipment/pickup/cancellation': postPickupCancellation,
  'POST /v1/trades/{tradeId}/tracking-link': postTrackingLink,
  'DELETE /v1/trades/{tradeId}/tracking-link': deleteTrackingLink,
  'POST /v1/trades/{tradeId}/duties': postDuties,
  'POST /v1/trades/{tradeId}/duties/{dutyId}/payment': postDutiesPayment,
  'POST /v1/trades/{tradeId}/disputes': postDispute,
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/proposals': postProposal,
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/agreement': postAgreement,
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/escalation': postEscalation,
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/decision': postDecision,
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/withdrawal': postWithdrawal,
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/return': postReturn,
  'POST /v1/trades/{tradeId}/chargebacks/{chargebackId}/evidence': postEvidence,
  'POST /v1/trades/{tradeId}/chargebacks/{chargebackId}/acceptance': postAcceptance,
  'GET /v1/trades/{tradeId}/block': getBlock,
  'POST /v1/trades/{tradeId}/block': postBlock,
  'POST /v1/trades/{tradeId}/unblock': postUnblock,
  'POST /v1/trades/{tradeId}/unblock/approval': postUnblockApproval,
};

/** The marketplace's API. */
export const handler = routedFunction(routes);
