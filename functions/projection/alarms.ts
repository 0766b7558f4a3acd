import type { TradelaneEvent } from '../../events/index.ts';
import type { SettlementCurrencyChange } from '../../src/process/note-settlement-currency.ts';
import { count, logger } from '../_shared/observe.ts';

/** Events that a person must know of, each the name of its metric. */
const ALARMING: ReadonlySet<string> = new Set([
  'HoldLimitNear',
  'HoldLimitForced',
  'ChargebackEvidenceNear',
  'ChargebackUnanswered',
  'ShipmentSilent',
  'LabelRefused',
  'PickupUncertain',
]);

export function countAlarming(events: readonly TradelaneEvent[]): void {
  for (const { type } of events) if (ALARMING.has(type)) count(type);
}

/** The metric says that there is something to look at, the log which currency and which trade. */
export function tellSettlementCurrency(change: SettlementCurrencyChange): void {
  count('SettlementCurrencyChanged');
  logger.warn('Charges settle in another currency than before.', { ...change });
}
