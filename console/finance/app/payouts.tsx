import type { Batch } from './answers.ts';
import { useAnswer, useDesk } from './context.ts';
import { Downloads } from './downloads.tsx';
import { instantText } from './format.ts';
import { Badge, Loaded } from './parts.tsx';
import { linkTo } from './route.ts';
import { Table } from './table.tsx';

/** The batches of payments for the bank, each with its file once it is closed. */
export function Payouts() {
  const { w } = useDesk();
  const [loading, again] = useAnswer('payouts', async (api) => {
    const { data } = await api.get<{ data: readonly Batch[] }>('/v1/payout-batches');
    return data;
  });
  return (
    <>
      <h1>{w.screen.payouts}</h1>
      <Loaded loading={loading} again={again}>
        {(rows) => <BatchTable rows={rows} />}
      </Loaded>
    </>
  );
}

function BatchTable({ rows }: { readonly rows: readonly Batch[] }) {
  const { w } = useDesk();
  const fileOf = ({ id }: Batch) => ({
    ...{ path: `/v1/payout-batches/${encodeURIComponent(id)}/file`, name: `${id}.xml` },
    text: w.payouts.download,
  });
  return (
    <Table
      caption={w.screen.payouts}
      isTitled
      name="payout-batches"
      rows={rows}
      keyOf={({ id }) => id}
      empty={w.payouts.empty}
      columns={[
        {
          label: w.payouts.batch,
          value: ({ id }) => id,
          cell: ({ id }) => (
            <a class="id" href={linkTo('payouts', { id })}>
              {id}
            </a>
          ),
        },
        {
          label: w.status,
          value: ({ status }) => w.batchStatus[status],
          cell: ({ status }) => (
            <Badge tone={status === 'closed' ? 'good' : 'plain'}>{w.batchStatus[status]}</Badge>
          ),
        },
        { label: w.payouts.payments, value: ({ payments }) => payments, isNumber: true },
        { label: w.payouts.sum, money: ({ controlSum }) => controlSum },
        { label: w.payouts.closes, value: ({ closesAt }) => instantText(closesAt) },
        { label: w.payouts.execution, value: ({ executionDate = '' }) => executionDate },
        {
          label: w.payouts.file,
          value: ({ status }) => (status === 'closed' ? 'pain.001.001.09' : ''),
          cell: (batch) =>
            batch.status === 'closed' ? (
              <Downloads files={[fileOf(batch)]} />
            ) : (
              <span class="soft">{w.payouts.notYet}</span>
            ),
        },
      ]}
    />
  );
}
