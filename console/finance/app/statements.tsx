import { useState } from 'preact/hooks';
import type { Statement, StatementFile } from './answers.ts';
import { type Api, ApiProblem } from './api.ts';
import { problemIn, useAnswer, useDesk } from './context.ts';
import { instantText } from './format.ts';
import { Loaded, ProblemNote } from './parts.tsx';
import type { Problem } from './problem.ts';
import { Table } from './table.tsx';

const LIMIT_BYTES = 4 * 1_024 * 1_024;
const ASK_EVERY_MS = 700;
const ASK_TIMES = 60;

type Upload =
  | { readonly kind: 'ready' | 'choose' | 'too_large' | 'reading' | 'slow' }
  | { readonly kind: 'sending'; readonly part: number }
  | { readonly kind: 'told'; readonly file: StatementFile }
  | { readonly kind: 'problem'; readonly problem: Problem };

const pause = () => new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));

/** Asks until the file is read or refused, or for long enough; a file's record follows it by moments. */
async function outcomeOf(api: Api, fileId: string): Promise<StatementFile | undefined> {
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

/** Where statements come in, and what has come. */
export function Statements() {
  const { w } = useDesk();
  const [loading, again] = useAnswer('statements', async (api) => {
    const { data } = await api.get<{ data: readonly Statement[] }>('/v1/statements');
    return data;
  });
  return (
    <>
      <h1>{w.screen.statements}</h1>
      <UploadForm onRead={again} />
      <div class="card">
        <h2>{w.statements.list}</h2>
        <Loaded loading={loading} again={again}>
          {(rows) => <StatementTable rows={rows} />}
        </Loaded>
      </div>
    </>
  );
}

function UploadForm({ onRead }: { readonly onRead: () => void }) {
  const { w, api } = useDesk();
  const [upload, setUpload] = useState<Upload>({ kind: 'ready' });
  const isBusy = upload.kind === 'sending' || upload.kind === 'reading';
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const file = new FormData(event.currentTarget).get('file');
    if (!(file instanceof File) || file.size === 0) return setUpload({ kind: 'choose' });
    if (file.size > LIMIT_BYTES) return setUpload({ kind: 'too_large' });
    setUpload({ kind: 'sending', part: 0 });
    try {
      const onProgress = (part: number) => setUpload({ kind: 'sending', part });
      const { fileId } = await api.upload<StatementFile>('/v1/statements', file, onProgress);
      setUpload({ kind: 'reading' });
      const told = await outcomeOf(api, fileId);
      setUpload(told === undefined ? { kind: 'slow' } : { kind: 'told', file: told });
      onRead();
    } catch (error) {
      setUpload({ kind: 'problem', problem: problemIn(error) });
    }
  };
  return (
    <form class="card" aria-label={w.statements.upload} onSubmit={submit}>
      <h2>{w.statements.upload}</h2>
      <label class="field wide">
        <span>{w.statements.file}</span>
        <input type="file" name="file" />
      </label>
      <div class="buttons">
        <button type="submit" disabled={isBusy}>
          {w.statements.send}
        </button>
      </div>
      {isBusy && (
        <progress
          aria-label={w.statements.progress}
          {...(upload.kind === 'sending' ? { value: upload.part } : {})}
        />
      )}
      <Outcome upload={upload} />
    </form>
  );
}

function Outcome({ upload }: { readonly upload: Upload }) {
  const { w } = useDesk();
  if (upload.kind === 'problem') return <ProblemNote w={w} problem={upload.problem} />;
  const texts = {
    ...{ ready: '', choose: w.statements.choose, too_large: w.statements.tooLarge },
    ...{ sending: w.statements.sending, reading: w.statements.reading, slow: w.statements.slow },
  };
  if (upload.kind !== 'told') return <p role="status">{texts[upload.kind]}</p>;
  const { status, statementIds = [], problems = [] } = upload.file;
  return (
    <div class={status === 'refused' ? 'note bad' : 'note good'} role="status">
      <p>
        {status === 'refused'
          ? w.statements.refused
          : `${w.statements.read} ${statementIds.length}`}
      </p>
      <ul>
        {problems.map(({ detail = '' }, index) => (
          <li key={`${index}${detail}`}>{detail}</li>
        ))}
      </ul>
    </div>
  );
}

/** The closing balance, below zero where the account is overdrawn. */
function closingOf({ closing }: Statement) {
  if (closing === null) return null;
  const { currency, amountMinor, direction } = closing;
  return { currency, amountMinor: direction === 'debit' ? `-${amountMinor}` : amountMinor };
}

function StatementTable({ rows }: { readonly rows: readonly Statement[] }) {
  const { w } = useDesk();
  const problemsOf = ({ problems }: Statement): string =>
    problems.map(({ detail = '' }) => detail).join(' ');
  return (
    <Table
      caption={w.statements.list}
      name="statements"
      rows={rows}
      keyOf={({ id }) => id}
      empty={w.statements.empty}
      columns={[
        { label: w.statements.received, value: ({ receivedAt }) => instantText(receivedAt) },
        { label: w.statements.format, value: ({ format }) => format },
        { label: w.account, value: ({ account }) => account?.id ?? '' },
        { label: w.statements.number, value: ({ number }) => number ?? '' },
        { label: w.statements.closing, money: closingOf },
        { label: w.statements.lines, value: ({ lines }) => lines, isNumber: true },
        { label: w.statements.problems, value: problemsOf, isLong: true },
      ]}
    />
  );
}
