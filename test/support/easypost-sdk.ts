import imported from '@easypost/api';

/** The SDK ships CommonJS types beside its ES module: the default export is the client itself. */
const Client = imported as unknown as typeof imported.default;

/** EasyPost's official SDK, pointed at a sandbox. It wants the slash at the end of its base URL. */
export const officialSdk = ({ url, apiKey }: { readonly url: string; readonly apiKey: string }) =>
  new Client(apiKey, { baseUrl: `${url}/v2/` });
