import type { Break } from './answers.ts';
import type { Api } from './api.ts';

/** Breaks as `GET /v1/breaks` lists them, narrowed by what of `status`, `kind` and `age` is given. */
export const readBreaks = async (
  api: Api,
  filter: Readonly<Record<string, string>>,
): Promise<readonly Break[]> => {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
  return (await api.get<{ data: readonly Break[] }>(`/v1/breaks?${query}`)).data;
};
