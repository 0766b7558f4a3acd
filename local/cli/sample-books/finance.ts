import { addMonths, periodOf } from '../../../src/ledger/months.ts';
import { until } from '../../stack/until.ts';
import type { Break, Check, Period, Person } from '../month-end/finance.ts';
import { UNKNOWN } from './statements.ts';

type OpenBreak = Break & { readonly difference: { readonly amountMinor: string } };

const openBreaks = async (person: Person): Promise<readonly OpenBreak[]> =>
  (await person.get<{ data: readonly OpenBreak[] }>('/v1/breaks')).data;

/** Waits until so many breaks were found. */
export const foundAtLeast = (person: Person, count: number, signal: AbortSignal): Promise<void> =>
  until(async () => (await openBreaks(person)).length >= count, {
    what: `${count} breaks`,
    signal,
  });

/** What a person has done about what nobody expected by the time that somebody looks. */
export async function workOnBreaks(person: Person): Promise<void> {
  const breaks = await openBreaks(person);
  const take = async (amountMinor: bigint, step: string, body: object): Promise<void> => {
    const found = breaks.find(({ difference }) => difference.amountMinor === String(amountMinor));
    if (found === undefined) throw new Error(`There is no break of ${amountMinor}.`);
    await person.post(`/v1/breaks/${found.id}/${step}`, body);
  };
  const reason = 'The sender was asked; their bank answers next week.';
  await take(UNKNOWN.threeMonthsAgo, 'assign', { assignee: 'key_mina', reason });
  await take(UNKNOWN.threeMonthsAgo, 'explain', { reason });
  await take(UNKNOWN.twoMonthsAgo, 'explain', { reason: 'A receipt for the fair stand.' });
  await take(UNKNOWN.twoMonthsAgo, 'write-off', { reason: 'Nobody claims it any more.' });
  await take(-UNKNOWN.today, 'write-off', { reason: 'The account’s fee of this month.' });
}

const isReady = ({ checks }: Period): boolean => checks.every(({ status }) => status !== 'red');

/** The older months are locked, and the last one waits for somebody to look at what is red. */
export async function closeMonths(
  person: Person,
  today: string,
  signal: AbortSignal,
): Promise<void> {
  const month = periodOf(today);
  const reason = 'Every break is explained.';
  for (const period of [addMonths(month, -3), addMonths(month, -2)]) {
    await person.post(`/v1/periods/${period}/soft-close`, { reason });
    await until(async () => isReady(await person.get<Period>(`/v1/periods/${period}`)), {
      what: `nothing of ${period} to be red`,
      signal,
    });
    await person.post(`/v1/periods/${period}/lock`, { reason });
  }
  await person.post(`/v1/periods/${addMonths(month, -1)}/soft-close`, { reason });
}

/** The platform's own money makes good what fees took of the clients'. */
export async function coverClients(person: Person, today: string): Promise<void> {
  const { checks } = await person.get<{ checks: readonly Check[] }>(
    `/v1/periods/${periodOf(today)}`,
  );
  const { items = [] } = checks.find(({ name }) => name === 'safeguarding') ?? {};
  for (const { currency, shortfallMinor } of items) {
    await person.post('/v1/ledger/movements', {
      ...{ kind: 'own_funds_moved', direction: 'top_up', occurredAt: `${today}T08:00:00.000Z` },
      ...{ movementId: `sample-${currency}`, amount: { currency, amountMinor: shortfallMinor } },
    });
  }
}
