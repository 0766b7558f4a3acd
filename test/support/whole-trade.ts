import type { TradelaneRecord } from '../../events/event-record.v1.ts';
import type {
  EscrowEvent,
  PayoutEvent,
  ShipmentEvent,
  TradelaneEvent,
} from '../../events/index.ts';
import sampleRequest from '../../events/marketplace/create-trade.v1.json' with { type: 'json' };
import { CreateTrade } from '../../events/marketplace/create-trade.v1.ts';
import type { Target } from '../../events/messages/routed-record.v1.ts';
import { inMemoryPartyVault } from '../../src/adapters/in-memory/party-vault.ts';
import { inMemoryViewStore } from '../../src/adapters/in-memory/view-store.ts';
import { openTrade } from '../../src/escrow/open-trade.ts';
import type { PaymentProvider } from '../../src/escrow/ports.ts';
import { journaledStore, type RecordStore } from '../../src/ledger/journaled-store.ts';
import type { EventStore } from '../../src/platform/event-store.ts';
import { consumeConversion } from '../../src/process/consume-conversion.ts';
import { consumeEscrow } from '../../src/process/consume-escrow.ts';
import { consumePayments } from '../../src/process/consume-payments.ts';
import { consumeProjection } from '../../src/process/consume-projection.ts';
import { consumeSettlement } from '../../src/process/consume-settlement.ts';
import { consumeShipment } from '../../src/process/consume-shipment.ts';
import { consumeTracking } from '../../src/process/consume-tracking.ts';
import type { Handled } from '../../src/process/handled.ts';
import { quoteDesk } from '../../src/process/quote-desk.ts';
import { routeRecord } from '../../src/process/routes.ts';
import { sendDeadlines } from '../../src/process/send-deadlines.ts';
import { keepParties, toProposal } from '../../src/process/trade-proposal.ts';
import type { ViewStore } from '../../src/process/views.ts';
import type { TransferRail } from '../../src/settlement/ports.ts';
import type { CarrierPort } from '../../src/shipment/ports.ts';
import { paymentOf } from './builders.ts';
import { rateDays } from './rate-days.ts';
import { scanAt } from './scans.ts';
