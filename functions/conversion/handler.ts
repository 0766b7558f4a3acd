import { ConversionMessage, consumeConversion } from '../../src/process/consume-conversion.ts';
import { quoteDesk } from '../../src/process/quote-desk.ts';
import { dynamoDb, now } from '../_shared/clients.ts';
import { readEnvironment, text, wholeNumber } from '../_shared/environment.ts';
import { queueWorker } from '../_shared/queue-worker.ts';
import { ratesOf } from '../_shared/rates.ts';
import { eventStores } from '../_shared/stores.ts';

const environment = readEnvironment({
  EVENTS_TABLE: text,
  RATES_TABLE: text,
  FX_MARGIN_BASIS_POINTS: wholeNumber,
});
/** A quote made on arrival is used at once; its lock only has to outlive this function. */
const ARRIVAL_LOCK_SECONDS = 60;

const client = dynamoDb();

/** Converts the money of funded trades into the trade's currency. */
export const handler = queueWorker({
  schema: ConversionMessage,
  consume: consumeConversion({
    store: eventStores(client, environment.EVENTS_TABLE).escrows,
    now,
    quotes: quoteDesk({
      ...ratesOf(client, environment.RATES_TABLE),
      marginBasisPoints: environment.FX_MARGIN_BASIS_POINTS,
      lockPremiumBasisPoints: 0,
      lockSeconds: ARRIVAL_LOCK_SECONDS,
    }),
  }),
});
