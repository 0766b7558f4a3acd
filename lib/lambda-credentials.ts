/**
 * Stands in for `@aws-sdk/credential-provider-node` in every bundle. Lambda hands a function its
 * credentials in the environment and starts a new one before they expire, so the rest of the SDK's
 * chain (profiles, SSO, process, instance metadata) is 130 KB that each cold start would read for
 * nothing.
 *
 * @throws at the first call to AWS, where the environment has no credentials.
 */
export const defaultProvider = () => async () => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
};
