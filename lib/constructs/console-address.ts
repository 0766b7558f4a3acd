/**
 * What CloudFront runs on the way to the console's files: `/` leads to the console, and every place
 * within it that is no file is the page. It stands before the bucket alone, so the API's answers, its
 * 404 among them, stay as they are.
 *
 * JavaScript of CloudFront's own runtime (2.0), which knows no modules.
 */
export const CONSOLE_ADDRESS = `function handler(event) {
  var request = event.request;
  if (request.uri === '/') {
    return {
      statusCode: 302,
      statusDescription: 'Found',
      headers: { location: { value: '/console' } },
    };
  }
  if (/^\\/console(\\/[^.]*)?$/.test(request.uri)) request.uri = '/console/index.html';
  return request;
}
`;
