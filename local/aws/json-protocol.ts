import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';

/** A JSON object as it travels in an AWS request or answer, before any schema is applied. */
export type WireObject = Record<string, unknown>;

/** A request whose body has been read; the headers carry the caller's signature. */
export type WireRequest = { readonly headers: IncomingHttpHeaders; readonly input: WireObject };

/** An answer that is ready to be sent: the body is the exact text that the checksum covers. */
export type WireAnswer = { readonly statusCode: number; readonly body: string };

/** A failure that AWS would answer with: SDKs turn `code` into the error's name. */
export class AwsError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Reads a whole request body. Fails when the client goes away first. */
export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** The operation a request names, such as `PutItem`, and the service version before it. */
export const targetOf = (request: IncomingMessage): { service: string; operation: string } => {
  const [service = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  return { service, operation };
};

export const succeed = (payload: WireObject): WireAnswer => ({
  statusCode: 200,
  body: JSON.stringify(payload),
});

/** The answer for an `AwsError`; anything else is a defect of the server and is answered as 500. */
export const fail = (error: unknown): WireAnswer =>
  error instanceof AwsError
    ? { statusCode: 400, body: JSON.stringify({ __type: error.code, message: error.message }) }
    : {
        statusCode: 500,
        body: JSON.stringify({ __type: 'InternalServerError', message: String(error) }),
      };

/** Sends an answer in the AWS JSON protocol, with the checksum that DynamoDB clients verify. */
export const sendAnswer = (
  request: IncomingMessage,
  response: ServerResponse,
  { statusCode, body }: WireAnswer,
): void => {
  response.writeHead(statusCode, {
    'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
    'x-amz-crc32': String(crc32(body)),
    'x-amzn-requestid': randomUUID(),
  });
  response.end(body);
};
