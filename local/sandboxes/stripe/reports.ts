import type { Stripe } from 'stripe';
import { type Call, emit, endpoint } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import { paginate, pagination } from './lists.ts';
import { group, integer, listOf, required, text } from './parameters.ts';

const url = '/v1/reporting/report_runs';
const returns = { kind: 'reporting.report_run' } as const;

const parameters = {
  parameters: group({
    ...{ columns: listOf(text()), connected_account: text(), currency: text() },
    ...{ interval_end: integer(), interval_start: integer(), payout: text() },
    ...{ reporting_category: text(), timezone: text() },
  }),
  report_type: required(text()),
};

/** A report is asked for, and done at once; its file is empty here, since no one reads it yet. */
function create(call: Call<typeof parameters>): Stripe.Reporting.ReportRun {
  const { world, account } = call;
  const id = world.ids.next('frr');
  const now = world.nowSeconds();
  const asked: Stripe.Reporting.ReportRun = {
    id,
    object: 'reporting.report_run',
    created: now,
    error: null,
    livemode: false,
    parameters: { ...call.parameters.parameters } as Stripe.Reporting.ReportRun.Parameters,
    report_type: call.parameters.report_type,
    result: null,
    status: 'pending',
    succeeded_at: null,
  };
  world.store.insert('reporting.report_run', account, asked);
  const succeeded = world.store.change('reporting.report_run', id, {
    ...{ status: 'succeeded', succeeded_at: now },
    result: {
      id: world.ids.next('file'),
      object: 'file',
      created: now,
      expires_at: null,
      filename: `${id}.csv`,
      links: null,
      purpose: 'finance_report_run',
      size: 0,
      title: null,
      type: 'csv',
      url: null,
    },
  });
  emit(call, 'reporting.report_run.succeeded', succeeded);
  return asked;
}

export const reportEndpoints = [
  endpoint({ method: 'POST', path: url, parameters, returns, execute: create }),
  endpoint({
    method: 'GET',
    path: url,
    parameters: pagination,
    returns: { kind: 'reporting.report_run', list: true },
    execute: ({ world, account, parameters: page }) =>
      paginate(world.store.list('reporting.report_run', account), page, {
        url,
        what: 'report run',
      }),
  }),
  endpoint({
    method: 'GET',
    path: `${url}/:id`,
    parameters: {},
    returns,
    execute({ world, account, path }) {
      const id = path['id'] ?? '';
      const run = world.store.find('reporting.report_run', account, id);
      if (run) return run;
      throw resourceMissing({ what: 'report run', id, param: 'report_run' });
    },
  }),
];
