import { referenceReader, resourcesOf, synthesizeTemplates } from './templates.ts';

const templates = synthesizeTemplates({ settings: { webhookReservedConcurrency: 25 } });
const { app } = templates;
const read = referenceReader(templates);
const functions = resourcesOf(app, 'AWS::Lambda::Function');
const allRules = resourcesOf(app, 'AWS::Events::Rule');
const rules = allRules.filter(([, { Properties }]) => Properties.ScheduleExpression);
const permissions = resourcesOf(app, 'AWS::Lambda::Permission');

/** Every route, and the function that answers it. */
const expectedRoutes: Readonly<Record<string, string>> = {
  'POST /v1/quotes': 'MarketplaceApiFunction.Arn',
  'GET /v1/quotes/{quoteId}': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades': 'MarketplaceApiFunction.Arn',
  'GET /v1/trades/{tradeId}': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/accept': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/cancel': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/chargebacks/{chargebackId}/acceptance': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/chargebacks/{chargebackId}/evidence': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/refunds': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/refunds/{refundId}/retry': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/disputes': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/proposals': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/agreement': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/escalation': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/decision': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/withdrawal': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/disputes/{disputeId}/return': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/milestones/{milestoneId}/documents': 'MarketplaceApiFunction.Arn',
  'GET /v1/trades/{tradeId}/papers': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/shipment/pickup': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/shipment/pickup/cancellation': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/tracking-link': 'MarketplaceApiFunction.Arn',
  'DELETE /v1/trades/{tradeId}/tracking-link': 'MarketplaceApiFunction.Arn',
  'POST /v1/shipping-rates': 'ShippingApiFunction.Arn',
  'GET /v1/trades/{tradeId}/shipment/documents': 'ShippingApiFunction.Arn',
  'GET /d/{token}': 'PapersFunction.Arn',
  'POST /v1/trades/{tradeId}/duties': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/duties/{dutyId}/payment': 'MarketplaceApiFunction.Arn',
  'GET /v1/trades/{tradeId}/block': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/block': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/unblock': 'MarketplaceApiFunction.Arn',
  'POST /v1/trades/{tradeId}/unblock/approval': 'MarketplaceApiFunction.Arn',
  'GET /health': 'MarketplaceApiFunction.Arn',
  'GET /v1/ledger/accounts': 'LedgerApiFunction.Arn',
  'GET /v1/ledger/entries': 'LedgerApiFunction.Arn',
  'GET /v1/ledger/trial-balance': 'LedgerApiFunction.Arn',
  'POST /v1/ledger/movements': 'LedgerApiFunction.Arn',
  'GET /v1/payout-batches': 'PayoutsApiFunction.Arn',
  'GET /v1/payout-batches/{batchId}': 'PayoutsApiFunction.Arn',
  'GET /v1/payout-batches/{batchId}/file': 'PayoutsApiFunction.Arn',
  'POST /v1/payouts/{payoutId}/refusal': 'PayoutsApiFunction.Arn',
  'POST /v1/payouts/{payoutId}/refusal/approval': 'PayoutsApiFunction.Arn',
  'PUT /v1/payout-accounts/{payoutAccountId}': 'PayoutsApiFunction.Arn',
  'GET /t/{token}': 'TrackingPageFunction.Arn',
  'GET /t/{token}/accept': 'TrackingPageFunction.Arn',
  'POST /t/{token}/accept': 'TrackingPageFunction.Arn',
  'GET /t/{token}/dispute': 'TrackingPageFunction.Arn',
  'POST /t/{token}/dispute': 'TrackingPageFunction.Arn',
  'GET /v1/statements': 'FinanceApiFunction.Arn',
  'GET /v1/statements/{statementId}': 'FinanceApiFunction.Arn',
  'POST /v1/statements': 'FinanceApiFunction.Arn',
  'POST /v1/statements/uploads': 'FinanceApiFunction.Arn',
  'GET /v1/statement-files/{fileId}': 'FinanceApiFunction.Arn',
  'POST /v1/statement-files/{fileId}/discard': 'FinanceApiFunction.Arn',
  'GET /v1/payout-accounts/{payoutAccountId}/debts': 'PayoutsApiFunction.Arn',
  'POST /v1/payout-accounts/{payoutAccountId}/debts/{debtId}/write-off': 'PayoutsApiFunction.Arn',
  'POST /v1/payout-accounts/{payoutAccountId}/debts/{debtId}/write-off/approval':
    'PayoutsApiFunction.Arn',
  'GET /v1/breaks': 'FinanceApiFunction.Arn',
  'GET /v1/breaks/{breakId}': 'FinanceApiFunction.Arn',
  'GET /v1/breaks/{breakId}/candidates': 'FinanceApiFunction.Arn',
  'POST /v1/breaks/{breakId}/assign': 'FinanceApiFunction.Arn',
  'POST /v1/breaks/{breakId}/explain': 'FinanceApiFunction.Arn',
  'POST /v1/breaks/{breakId}/match': 'FinanceApiFunction.Arn',
  'POST /v1/breaks/{breakId}/write-off': 'FinanceApiFunction.Arn',
  'POST /v1/breaks/{breakId}/send-back': 'FinanceApiFunction.Arn',
  'POST /v1/breaks/{breakId}/approve': 'FinanceApiFunction.Arn',
  'POST /v1/breaks/{breakId}/decline': 'FinanceApiFunction.Arn',
  'GET /v1/trades/{tradeId}/chain': 'FinanceApiFunction.Arn',
  'GET /v1/bank-lines/{lineId}/chain': 'FinanceApiFunction.Arn',
  'GET /v1/periods': 'FinanceApiFunction.Arn',
  'GET /v1/periods/{period}': 'FinanceApiFunction.Arn',
  'GET /v1/periods/{period}/reports/{report}': 'FinanceApiFunction.Arn',
  'POST /v1/periods/{period}/soft-close': 'FinanceApiFunction.Arn',
  'POST /v1/periods/{period}/lock': 'FinanceApiFunction.Arn',
  'POST /v1/periods/{period}/reopen': 'FinanceApiFunction.Arn',
  'POST /v1/periods/{period}/reopen/approve': 'FinanceApiFunction.Arn',
  'GET /v1/settlements': 'FinanceApiFunction.Arn',
  'GET /v1/settlements/totals': 'FinanceApiFunction.Arn',
  'GET /v1/debts': 'FinanceApiFunction.Arn',
  'GET /v1/cases': 'FinanceApiFunction.Arn',
  'GET /v1/trade-lanes': 'FinanceApiFunction.Arn',
  'GET /v1/fx/rates': 'FinanceApiFunction.Arn',
  'POST /webhooks/stripe': 'StripeWebhookFunction.Arn',
  'POST /webhooks/stripe/connect': 'StripeWebhookFunction.Arn',
  'POST /webhooks/carriers/{carrier}': 'CarrierWebhookFunction.Arn',
};

describe('HTTP API', () => {
  it('has exactly these routes, each to its function', () => {
    const integrations = new Map(
      resourcesOf(app, 'AWS::ApiGatewayV2::Integration').map(([id, { Properties }]) => [
        id,
        read(Properties.IntegrationUri),
      ]),
    );
    const routes = resourcesOf(app, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
      Properties.RouteKey,
      integrations.get(read(Properties.Target).replace('integrations/', '')),
    ]);
    expect(Object.fromEntries(routes)).toEqual(expectedRoutes);
  });

  it('is throttled', () => {
    app.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
    });
  });

  it('logs how each request ended, and nothing that could name a person or a trade', () => {
    const [[, stage]] = resourcesOf(app, 'AWS::ApiGatewayV2::Stage') as [[string, never]];
    const { DestinationArn, Format } = (
      stage as { Properties: { AccessLogSettings: { DestinationArn: unknown; Format: string } } }
    ).Properties.AccessLogSettings;
    expect(read(DestinationArn)).toBe('ApiAccessLogs.Arn');
    expect(Object.values(JSON.parse(Format)).sort()).toEqual([
      '$context.integrationErrorMessage',
      '$context.integrationLatency',
      '$context.integrationStatus',
      '$context.requestId',
      '$context.requestTime',
      '$context.responseLatency',
      '$context.responseLength',
      '$context.routeKey',
      '$context.status',
    ]);
  });

  it('reserves concurrency for the webhooks where the stage says so', () => {
    const reserved = functions
      .filter(([, { Properties }]) => Properties.ReservedConcurrentExecutions === 25)
      .map(([id]) => id);
    expect(reserved).toEqual(['StripeWebhookFunction', 'CarrierWebhookFunction']);
  });
});

describe('schedules', () => {
  const scheduleOf = (target: string) => {
    const matching = rules.filter(
      ([, { Properties }]) => read(Properties.Targets[0].Arn) === `${target}Function.Arn`,
    );
    return matching.map(([, { Properties }]) => [Properties.State, Properties.ScheduleExpression]);
  };

  it('look at deadlines, lost events, rates and safeguarding, each in its own time', () => {
    expect(scheduleOf('Deadlines')).toEqual([['ENABLED', 'rate(1 minute)']]);
    expect(scheduleOf('Rates')).toEqual([['ENABLED', 'rate(1 hour)']]);
    expect(scheduleOf('Safeguarding')).toEqual([['ENABLED', 'rate(12 hours)']]);
    expect(scheduleOf('StripeSweep')).toEqual([['ENABLED', 'rate(15 minutes)']]);
    expect(scheduleOf('MatchingClock')).toEqual([['ENABLED', 'rate(5 minutes)']]);
    expect(rules).toHaveLength(5);
  });
});

describe('invocation', () => {
  it.each(permissions)('%s is bound to one source', (_id, { Properties }) => {
    expect(['apigateway.amazonaws.com', 'events.amazonaws.com']).toContain(Properties.Principal);
    expect(Properties.Action).toBe('lambda:InvokeFunction');
    expect(Properties.SourceArn).toBeDefined();
  });

  it('is granted once for each route and schedule', () => {
    const routes = resourcesOf(app, 'AWS::ApiGatewayV2::Route');
    expect(permissions).toHaveLength(routes.length + rules.length);
  });
});

describe('a partner event bus', () => {
  it('feeds the payments queue where the stage names one, and may do nothing else', () => {
    const busName = 'aws.partner/stripe.com/ed_test_1';
    const withBus = synthesizeTemplates({ settings: { stripeEventBusName: busName } });
    const readIt = referenceReader(withBus);
    const [, rule] = resourcesOf(withBus.app, 'AWS::Events::Rule').find(
      ([, { Properties }]) => Properties.EventBusName !== undefined,
    ) ?? ['', { Properties: {} }];
    expect(rule.Properties).toMatchObject({
      ...{ EventBusName: busName, EventPattern: { source: [busName] } },
    });
    expect(readIt(rule.Properties.Targets[0].Arn)).toBe('PaymentsQueue.Arn');
    const senders = resourcesOf(withBus.app, 'AWS::SQS::QueuePolicy').flatMap(
      ([, { Properties }]) =>
        Properties.PolicyDocument.Statement.filter(
          ({ Effect }: { Effect: string }) => Effect === 'Allow',
        ),
    );
    expect(senders).toHaveLength(2);
    for (const sender of senders) {
      expect(sender).toMatchObject({
        ...{ Action: 'sqs:SendMessage', Principal: { Service: 'events.amazonaws.com' } },
        Condition: { ArnEquals: { 'aws:SourceArn': expect.anything() } },
      });
    }
  });
});

describe('new files of the bucket', () => {
  it('reach the queue of statements, and nothing else may send to it', () => {
    const [arrivals, another] = allRules.filter(([, { Properties }]) => Properties.EventPattern);
    expect(another).toBeUndefined();
    const [id, rule] = arrivals ?? ['', { Properties: {} }];
    expect(rule.Properties.EventPattern).toMatchObject({
      ...{ source: ['aws.s3'], 'detail-type': ['Object Created'] },
    });
    expect(rule.Properties.EventPattern.detail.bucket.name.map(read)).toEqual(['StatementFiles']);
    expect(read(rule.Properties.Targets[0].Arn)).toBe('StatementsQueue.Arn');
    const senders = resourcesOf(app, 'AWS::SQS::QueuePolicy').flatMap(([, { Properties }]) =>
      Properties.PolicyDocument.Statement.filter(
        ({ Effect }: { Effect: string }) => Effect === 'Allow',
      ),
    );
    expect(senders).toHaveLength(1);
    expect(read(senders[0].Resource)).toBe('StatementsQueue.Arn');
    expect(read(senders[0].Condition.ArnEquals['aws:SourceArn'])).toBe(`${id}.Arn`);
  });
});
