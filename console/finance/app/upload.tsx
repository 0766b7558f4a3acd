import { useState } from 'preact/hooks';
import type { StatementFile } from './answers.ts';
import { problemIn, useDesk } from './context.ts';
import { ProblemNote } from './parts.tsx';
import type { Problem } from './problem.ts';
import { linkTo } from './route.ts';
import { LARGEST_BYTES, outcomeOf, sendFile } from './upload-file.ts';

type Upload =
  | { readonly kind: 'ready' | 'choose' | 'too_large' | 'reading' | 'slow' }
  | { readonly kind: 'sending'; readonly part: number }
  | { readonly kind: 'told'; readonly file: StatementFile }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Takes a statement of any size that is read, and tells what came of it. */
export function UploadForm({ onRead }: { readonly onRead: () => void }) {
  const { w, api } = useDesk();
  const [upload, setUpload] = useState<Upload>({ kind: 'ready' });
  const isBusy = upload.kind === 'sending' || upload.kind === 'reading';
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const file = new FormData(event.currentTarget).get('file');
    if (!(file instanceof File) || file.size === 0) return setUpload({ kind: 'choose' });
    if (file.size > LARGEST_BYTES) return setUpload({ kind: 'too_large' });
    setUpload({ kind: 'sending', part: 0 });
    try {
      const onProgress = (part: number) => setUpload({ kind: 'sending', part });
      const { fileId } = await sendFile(api, file, onProgress);
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
      <div class="filters">
        <label class="field grow">
          <span>{w.statements.file}</span>
          <input type="file" name="file" />
        </label>
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
        {statementIds.map((id) => (
          <li key={id}>
            <a class="id" href={linkTo('statements', { id })}>
              {id}
            </a>
          </li>
        ))}
        {problems.map(({ detail = '' }, index) => (
          <li key={`${index}${detail}`}>{detail}</li>
        ))}
      </ul>
    </div>
  );
}
