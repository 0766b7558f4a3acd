import { createServer, type IncomingMessage } from 'node:http';
import { AwsError, fail, readBody, sendAnswer, succeed, targetOf } from './json-protocol.ts';
import { closeServer, listenOnLoopback } from './loopback.ts';

export type LocalSecret = {
  readonly name: string;
  readonly arn: string;
  /** Absent where nobody gave the secret a value. */
  readonly value: string | undefined;
};

export type SecretsServer = {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
};

/** `AWSCURRENT` is the only version that a local secret has. */
const versionId = '00000000-0000-4000-8000-000000000001';

const getSecretValue = (secrets: readonly LocalSecret[], secretId: unknown) => {
  const secret = secrets.find(({ name, arn }) => name === secretId || arn === secretId);
  if (secret?.value === undefined) {
    throw new AwsError(
      'ResourceNotFoundException',
      secret === undefined
        ? "Secrets Manager can't find the specified secret."
        : "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    );
  }
  return {
    ARN: secret.arn,
    Name: secret.name,
    SecretString: secret.value,
    VersionId: versionId,
    VersionStages: ['AWSCURRENT'],
    CreatedDate: 0,
  };
};

const answer = async (request: IncomingMessage, secrets: readonly LocalSecret[]) => {
  try {
    const { operation } = targetOf(request);
    const body = await readBody(request);
    if (operation !== 'GetSecretValue') {
      throw new AwsError(
        'UnknownOperationException',
        `Only GetSecretValue is served: ${operation}`,
      );
    }
    return succeed(getSecretValue(secrets, JSON.parse(body.toString())['SecretId']));
  } catch (error) {
    return fail(error);
  }
};

/** Starts Secrets Manager on a free loopback port: GetSecretValue over the secrets it is given. */
export const startSecretsServer = async (
  secrets: readonly LocalSecret[],
): Promise<SecretsServer> => {
  const server = createServer(async (request, response) =>
    sendAnswer(request, response, await answer(request, secrets)),
  );
  const endpoint = await listenOnLoopback(server);
  return { endpoint, stop: () => closeServer(server) };
};
