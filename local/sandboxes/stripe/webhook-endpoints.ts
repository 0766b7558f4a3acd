import type { Stripe } from 'stripe';
import { endpoint } from './endpoint.ts';
import { invalidRequest, resourceMissing } from './errors.ts';
import { paginate, pagination } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import type { WebhookEndpointOptions } from './options.ts';
import { clearableText, flag, listOf, required, text } from './parameters.ts';
import { platformAccount } from './references.ts';
import type { WebhookTarget } from './webhook-delivery.ts';
import type { World } from './world.ts';

const url = '/v1/webhook_endpoints';

type EndpointRequest = WebhookEndpointOptions & {
  description?: string | null | undefined;
  metadata?: Record<string, string> | null | undefined;
};

/** Registers an endpoint; the returned object has its current secret, as only creation shows it. */
export function addWebhookEndpoint(world: World, request: EndpointRequest): Stripe.WebhookEndpoint {
  const target: WebhookTarget = {
    id: world.ids.next('we'),
    url: request.url,
    secrets: request.secrets?.length ? request.secrets : [`whsec_${world.ids.characters(32)}`],
    connect: request.connect ?? false,
    events: request.events ?? ['*'],
    apiVersion: request.apiVersion ?? world.settings.apiVersion,
    payload: request.payload ?? 'snapshot',
  };
  world.events.addTarget(target);
  const registered: Stripe.WebhookEndpoint = {
    id: target.id,
    object: 'webhook_endpoint',
    api_version: target.apiVersion,
    application: null,
    created: world.nowSeconds(),
    description: request.description ?? null,
    enabled_events: [...target.events],
    livemode: false,
    metadata: mergeMetadata({}, request.metadata),
    status: 'enabled',
    url: target.url,
  };
  world.store.insert('webhook_endpoint', platformAccount, registered);
  return { ...registered, secret: target.secrets[0] ?? '' };
}

export const webhookEndpointEndpoints = [
  endpoint({
    method: 'POST',
    path: url,
    parameters: {
      api_version: text(),
      connect: flag(),
      description: clearableText(),
      enabled_events: required(listOf(text())),
      metadata: metadata(),
      url: required(text()),
    },
    returns: { kind: 'webhook_endpoint' },
    execute({ world, parameters }) {
      const { connect = false, description, enabled_events: events } = parameters;
      if (!URL.canParse(parameters.url)) {
        throw invalidRequest('Invalid URL: must be an absolute URL', { param: 'url' });
      }
      const { api_version: apiVersion = world.settings.apiVersion, metadata, url } = parameters;
      return addWebhookEndpoint(world, {
        ...{ apiVersion, connect, description, events, metadata, url },
      });
    },
  }),
  endpoint({
    method: 'GET',
    path: url,
    parameters: pagination,
    returns: { kind: 'webhook_endpoint', list: true },
    execute({ world, account, parameters }) {
      const registered = world.store.list('webhook_endpoint', account);
      return paginate(registered, parameters, { url, what: 'webhook endpoint' });
    },
  }),
  endpoint({
    method: 'GET',
    path: `${url}/:id`,
    parameters: {},
    returns: { kind: 'webhook_endpoint' },
    execute({ world, account, path }) {
      const id = path['id'] ?? '';
      const registered = world.store.find('webhook_endpoint', account, id);
      if (registered) return registered;
      throw resourceMissing({ what: 'webhook endpoint', id, param: 'id' });
    },
  }),
];
