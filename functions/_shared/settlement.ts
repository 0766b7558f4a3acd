import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { bankFileRail } from '../../src/adapters/bank/bank-file-rail.ts';
import { stripeTransferRail } from '../../src/adapters/stripe/transfer-rail.ts';
import { BankChargeLimits } from '../../src/money/bank-charges.ts';
import { blockDesk } from '../../src/process/block-desk.ts';
import type { ConsumeSettlementPorts } from '../../src/process/consume-settlement.ts';
import { sellerCountry } from '../../src/process/seller-country.ts';
import { corridorsText } from '../../src/settlement/corridors.ts';
import { now } from './clients.ts';
import { json, optionalText, readEnvironment, text, wholeNumber } from './environment.ts';
import { eventStores } from './stores.ts';
import { stripeClient } from './stripe.ts';

/** What paying sellers needs, with the current Stripe key, from the function's environment. */
export function settlement(client: DynamoDBClient): () => Promise<ConsumeSettlementPorts> {
  const environment = readEnvironment({
    EVENTS_TABLE: text,
    STRIPE_SECRET_ARN: text,
    STRIPE_API_BASE_URL: optionalText,
    PAYOUT_CORRIDORS: corridorsText,
    BANK_CHARGE_LIMITS: json(BankChargeLimits),
    PAYOUT_BATCH_WINDOW_SECONDS: wholeNumber,
    PAYOUT_RETRY_PAUSE_SECONDS: wholeNumber,
  });
  const { payouts, sellers, batches, escrows } = eventStores(client, environment.EVENTS_TABLE);
  const stripe = stripeClient({
    secretArn: environment.STRIPE_SECRET_ARN,
    apiBaseUrl: environment.STRIPE_API_BASE_URL,
  });
  const bankFile = bankFileRail({
    batches,
    sellers,
    now,
    batchWindowSeconds: environment.PAYOUT_BATCH_WINDOW_SECONDS,
  });
  return async () => ({
    store: payouts,
    sellers,
    batches,
    escrows,
    now,
    blockOf: blockDesk(escrows),
    sellerCountryOf: sellerCountry(escrows),
    corridors: environment.PAYOUT_CORRIDORS,
    bankChargeLimits: environment.BANK_CHARGE_LIMITS,
    retryPauseSeconds: environment.PAYOUT_RETRY_PAUSE_SECONDS,
    rails: { stripe_transfer: stripeTransferRail(await stripe()), bank_file: bankFile },
  });
}
