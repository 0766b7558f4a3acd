import type { EmittedType, EventCause } from './events.ts';
import { decodeForm, decodeJson, type FormFields } from './forms.ts';
import type { ParameterSet, Values } from './parameters.ts';
import type { Kind } from './store.ts';
import type { World } from './world.ts';

/** One call of one endpoint, with everything its operation may look at. */
export type Call<Set extends ParameterSet = ParameterSet> = {
  world: World;
  /** The account that the request acts for. */
  account: string;
  cause: EventCause;
  path: Record<string, string>;
  parameters: Values<Set>;
  /** The version of the API that the request names; the sandbox's own where it names none. */
  version: string;
  /** The key was a publishable one: only what a buyer may see and do. */
  publishable: boolean;
};

/** Who changes the state, and by which request. */
export type Actor = Pick<Call, 'world' | 'account' | 'cause'>;

/** Records what happened to an object of the actor's account and tells the endpoints. */
export function emit(
  actor: Actor,
  type: EmittedType,
  object: object,
  previousAttributes?: Record<string, unknown>,
): void {
  const { account, cause } = actor;
  actor.world.events.emit({
    ...{ type, account, object, cause },
    ...(previousAttributes && { previousAttributes }),
  });
}

export type Endpoint = {
  method: 'DELETE' | 'GET' | 'POST';
  path: string;
  parameters: ParameterSet;
  /** What comes back, which decides what may be expanded. */
  returns: { kind: Kind | null; list?: boolean };
  /** A publishable key with the client secret may call it too. */
  publishable?: boolean;
  execute(call: Call): object;
};

type Definition<Set extends ParameterSet> = Omit<Endpoint, 'parameters' | 'execute'> & {
  parameters: Set;
  execute(call: Call<Set>): object;
};

/** Types an endpoint's operation by the parameters it declares. */
export function endpoint<Set extends ParameterSet>(definition: Definition<Set>): Endpoint {
  return definition;
}

/** Parameters arrive in the body of a POST and in the query of everything else. */
export function parametersOf(request: {
  method: string;
  query: string;
  body: string;
  headers: Readonly<Record<string, string>>;
}): FormFields {
  if (request.method !== 'POST') return decodeForm(request.query);
  const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
  return isJson ? decodeJson(request.body) : decodeForm(request.body);
}
