import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type OpenedPaper, openPaper } from '../../console/papers/open-paper.ts';
import { isCodedError } from '../../src/platform/errors.ts';
import { httpFunction } from '../_shared/http.ts';
import { logger } from '../_shared/observe.ts';
import { ProblemError } from '../_shared/problem.ts';
import { ports } from './ports.ts';

/** `GET /d/{token}`: a paper of a consignment, by a link that is soon over. */
export const handler = httpFunction(
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const opened = await opening(event.pathParameters?.['token'] ?? '');
    if (opened.kind === 'refused') {
      const { status, code, detail } = opened;
      throw new ProblemError({ status, code, detail });
    }
    const { name, issue, bytes } = opened;
    const ofIssue = issue === 1 ? '' : `-${issue}`;
    const fileName = `${name.type.replace('_', '-')}-${name.language}${ofIssue}.pdf`;
    return {
      statusCode: 200,
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${fileName}"`,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex, nofollow',
      },
      body: Buffer.from(bytes).toString('base64'),
      isBase64Encoded: true,
    };
  },
);

/** Which object does not open is for operators to know, and for nobody else. */
async function opening(token: string): Promise<OpenedPaper> {
  try {
    return await openPaper(ports, token);
  } catch (error) {
    if (isCodedError(error) && error.code === 'paper.unreadable')
      logger.error('What is kept of a paper does not open.', { key: error.fields['key'] });
    throw error;
  }
}
