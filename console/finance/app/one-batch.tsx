import type { BatchDetail, BatchPayment } from './answers.ts';
import { useAnswer, useDesk } from './context.ts';
import { type Download, Downloads } from './downloads.tsx';
import { instantText, moneyText } from './format.ts';
import { TradeLink } from './item-parts.tsx';
import { Back, Badge, FactList, Loaded } from './parts.tsx';
import { Refusal } from './refusal.tsx';
import { linkTo, type Route } from './route.ts';
import { Table } from './table.tsx';
import { wordOf } from './words.ts';

const tones: Readonly<Record<string, 'good' | 'noted' | 'bad'>> = {
  ...{ settled: 'good', failed: 'bad', returned: 'bad', superseded: 'bad' },
};

/** What the file leaves out: it is owed to the seller again. */
const leftOut: ReadonlySet<string> = new Set(['failed', 'returned', 'superseded']);

/** One batch for the bank: its file, what became of each of its payments, and what the bank refused. */
export function OneBatch({ id, query }: { readonly id: string } & Pick<Route, 'query'>) {
  const { w } = useDesk();
  const path = `/v1/payout-batches/${encodeURIComponent(id)}`;
  const [loading, again] = useAnswer(id, (api) => api.get<BatchDetail>(path));
  const file = {
    ...{ path: `${path}/file`, name: `${id}.xml`, text: w.payouts.download },
    instead: {
      ...{ code: 'batch.account_unwritable', text: w.refusal.without },
      path: `${path}/file?without=unwritable`,
    },
  };
  return (
    <>
      <Back screen="payouts" />
      <h1>
        {w.payouts.batch} <span class="id">{id}</span>
      </h1>
      <Loaded loading={loading} again={again}>
        {(batch) => {
          const chosen = batch.payments.find(({ endToEndId }) => endToEndId === query['payment']);
          return (
            <>
              <Facts batch={batch} files={batch.status === 'closed' ? [file] : []} />
              <Payments batch={batch} />
              {chosen !== undefined && <Refusal payment={chosen} again={again} />}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

type FactsProps = { readonly batch: BatchDetail; readonly files: readonly Download[] };

function Facts({ batch, files }: FactsProps) {
  const { w, language } = useDesk();
  const { status, controlSum, closesAt, closedAt, executionDate, payments } = batch;
  const facts = [
    [w.payouts.payments, String(payments.length)],
    [w.payouts.closes, instantText(closedAt ?? closesAt)],
    [w.payouts.execution, executionDate ?? w.payouts.notYet],
  ] as const;
  return (
    <div class="card">
      <div class="head">
        <p class="sum">{moneyText(language, controlSum.amountMinor, controlSum.currency)}</p>
        <Badge tone={status === 'closed' ? 'good' : 'noted'}>{w.batchStatus[status]}</Badge>
        {files.length > 0 && <Downloads files={files} />}
      </div>
      <FactList facts={facts} />
      {payments.some(({ status }) => leftOut.has(status)) && <p>{w.refusal.leftOut}</p>}
    </div>
  );
}

function Payments({ batch: { id, status, payments } }: { readonly batch: BatchDetail }) {
  const { w } = useDesk();
  return (
    <Table
      caption={w.payouts.payments}
      name={`payments-${id}`}
      rows={payments}
      keyOf={({ endToEndId }) => endToEndId}
      empty={w.none}
      columns={[
        {
          label: w.ledger.trade,
          value: ({ tradeId }) => tradeId,
          cell: ({ tradeId }) => <TradeLink id={tradeId} />,
        },
        { label: w.amount, money: ({ amount }) => amount },
        {
          label: w.status,
          value: ({ status }) => wordOf(w.payoutStatus, status),
          cell: ({ status }) => (
            <Badge tone={tones[status] ?? 'noted'}>{wordOf(w.payoutStatus, status)}</Badge>
          ),
        },
        {
          label: w.refusal.column,
          value: ({ reason, refusal }) => reason ?? refusal?.code ?? '',
          cell: (payment) => (
            <Refused batchId={status === 'closed' ? id : undefined} {...payment} />
          ),
        },
        { label: w.chain.attempt, value: ({ attempt }) => attempt, isNumber: true },
        {
          label: w.payouts.endToEndId,
          value: ({ endToEndId }) => endToEndId,
          cell: ({ endToEndId }) => <code>{endToEndId}</code>,
        },
        { label: 'UETR', value: ({ uetr }) => uetr, cell: ({ uetr }) => <code>{uetr}</code> },
      ]}
    />
  );
}

type RefusedProps = BatchPayment & { readonly batchId: string | undefined };

/** Why a payment was not made, what is said of it, or the way to say it of one that is with the bank. */
function Refused({ batchId, endToEndId, status, reason, refusal }: RefusedProps) {
  const { w } = useDesk();
  if (reason !== undefined) return <code>{reason}</code>;
  if (status !== 'submitted' || batchId === undefined) return null;
  return (
    <a href={linkTo('payouts', { id: batchId, payment: endToEndId })}>
      {refusal === undefined ? w.refusal.say : `${refusal.code}: ${w.refusal.toApprove}`}
    </a>
  );
}
