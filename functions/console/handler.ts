import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { consoleSite } from '../../console/finance/site.ts';
import { optionalText, readEnvironment, text } from '../_shared/environment.ts';
import { functionStack } from '../_shared/stack.ts';

const asset = (name: string): Buffer => readFileSync(join(__dirname, 'assets', name));

// Uploads go where the S3 client signs them for, which its own variable changes.
const { UPLOADS_ORIGIN, AWS_ENDPOINT_URL_S3 = UPLOADS_ORIGIN } = readEnvironment({
  UPLOADS_ORIGIN: text,
  AWS_ENDPOINT_URL_S3: optionalText,
});

const serve = consoleSite(
  { 'app.js': asset('app.js'), 'app.css': asset('app.css') },
  AWS_ENDPOINT_URL_S3,
);

/** Finance's console: a page, a script and a style, without data. */
export const handler = functionStack<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
  async (event) =>
    serve({
      file: event.pathParameters?.['file'],
      acceptEncoding: event.headers['accept-encoding'],
    }),
);
