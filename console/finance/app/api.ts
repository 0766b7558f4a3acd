import { ApiProblem, problemOf, UNREACHABLE } from './problem.ts';

/** The API for somebody who is signed in. @throws ApiProblem from every call that is not answered 2xx. */
export type Api = {
  readonly get: <T>(path: string) => Promise<T>;
  readonly post: <T>(path: string, body: object) => Promise<T>;
  /** Sends a file as it is; `onProgress` is told how much of it has left, from 0 to 1. */
  readonly upload: <T>(path: string, file: Blob, onProgress: (part: number) => void) => Promise<T>;
  /** Puts a file where a signed URL leads, without key or token: the URL lets it in. */
  readonly uploadTo: (
    to: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
    file: Blob,
    onProgress: (part: number) => void,
  ) => Promise<void>;
  /** A file of the API, for saving. */
  readonly download: (path: string) => Promise<Blob>;
};

/** `token` is asked for each request: a key, or what stands for a person for minutes. */
export function createApi(token: () => Promise<string>): Api {
  const authorized = async () => `Bearer ${await token()}`;
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { ...init.headers, authorization: await authorized() };
    const response = await fetch(path, { ...init, headers }).catch((cause: unknown) => {
      throw cause instanceof TypeError ? new ApiProblem(UNREACHABLE) : cause;
    });
    if (response.ok) return response;
    throw new ApiProblem(problemOf(response.status, await response.text()));
  };
  return {
    get: async (path) => (await ask(path)).json(),
    post: async (path, body) => {
      const headers = { 'content-type': 'application/json' };
      return (await ask(path, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    },
    upload: async (path, file, onProgress) => {
      const headers = {
        ...{ authorization: await authorized(), 'content-type': 'application/octet-stream' },
      };
      return JSON.parse(await send({ method: 'POST', url: path, headers, file, onProgress }));
    },
    uploadTo: async ({ url, headers: { 'content-length': _, ...headers } }, file, onProgress) => {
      // The browser tells the length by itself, and lets no script do so.
      await send({ method: 'PUT', url, headers, file, onProgress });
    },
    download: async (path) => (await ask(path)).blob(),
  };
}

type Sending = {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: Blob;
  readonly onProgress: (part: number) => void;
};

/** By XMLHttpRequest, because fetch does not tell how much of a body has left. */
const send = ({ method, url, headers, file, onProgress }: Sending): Promise<string> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
    request.onerror = () => reject(new ApiProblem(UNREACHABLE));
    request.onload = () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) resolve(responseText);
      else reject(new ApiProblem(problemOf(status, responseText)));
    };
    request.send(file);
  });
