import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { consoleSite } from '../../console/finance/site.ts';
import { functionStack } from '../_shared/stack.ts';

const asset = (name: string): Buffer => readFileSync(join(__dirname, 'assets', name));

const serve = consoleSite({ 'app.js': asset('app.js'), 'app.css': asset('app.css') });

/** Finance's console: a page, a script and a style, without data. */
export const handler = functionStack<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
  async (event) =>
    serve({
      file: event.pathParameters?.['file'],
      acceptEncoding: event.headers['accept-encoding'],
    }),
);
