import type { StatementFile } from './answers.ts';
import type { Api } from './api.ts';
import { ApiProblem } from './problem.ts';

/** What the API takes as a request, and what it takes at all. */
const REQUEST_BYTES = 4 * 1_024 * 1_024;
export const LARGEST_BYTES = 32 * 1_024 * 1_024;
const ASK_EVERY_MS = 700;
const ASK_TIMES = 60;

type Promised = StatementFile & {
  readonly upload?: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
  };
};

/** Sends a file: to the API, or straight into the bucket by a signed URL where it is too large for that. */
export async function sendFile(
  api: Api,
  file: File,
  onProgress: (part: number) => void,
): Promise<StatementFile> {
  if (file.size <= REQUEST_BYTES) return api.upload('/v1/statements', file, onProgress);
  const body = { sha256: await sha256Of(file), sizeBytes: file.size };
  const { upload, ...known } = await api.post<Promised>('/v1/statements/uploads', body);
  if (upload !== undefined) await api.uploadTo(upload, file, onProgress);
  return known;
}

async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const pause = () => new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));

/** Asks until the file is read or refused, or for long enough; a file's record follows it by moments. */
export async function outcomeOf(api: Api, fileId: string): Promise<StatementFile | undefined> {
  for (let asked = 0; asked < ASK_TIMES; asked += 1) {
    try {
      const file = await api.get<StatementFile>(`/v1/statement-files/${fileId}`);
      if (file.status !== 'received') return file;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.problem.status !== 404) throw error;
    }
    await pause();
  }
  return undefined;
}
