import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { httpFunction } from '../_shared/http.ts';
import { printed } from './print.ts';

/** `GET /d/{token}`: a paper of a consignment, written anew from what the trade and the vault say. */
export const handler = httpFunction(
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { bytes, fileName } = await printed(event.pathParameters?.['token'] ?? '');
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
      body: bytes.toString('base64'),
      isBase64Encoded: true,
    };
  },
);
