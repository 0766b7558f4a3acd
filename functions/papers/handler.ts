import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { openPaper } from '../../console/papers/open-paper.ts';
import { httpFunction } from '../_shared/http.ts';
import { ProblemError } from '../_shared/problem.ts';
import { ports } from './ports.ts';

/** `GET /d/{token}`: a paper of a consignment, by a link that is soon over. */
export const handler = httpFunction(
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const opened = await openPaper(ports, event.pathParameters?.['token'] ?? '');
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
