import { useState } from 'preact/hooks';
import { problemIn, useDesk } from './context.ts';
import { ProblemNote } from './parts.tsx';
import type { Problem } from './problem.ts';
import { save } from './save.ts';

export type Download = {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  /** What is read out instead, where the text says too little alone. */
  readonly label?: string;
  /** Another file, offered where this one is refused with a code. */
  readonly instead?: { readonly code: string; readonly path: string; readonly text: string };
};

/** Files of the API to save. They are fetched, not linked to: the key goes into a header. */
export function Downloads({ files }: { readonly files: readonly Download[] }) {
  const { w, api } = useDesk();
  const [refused, setRefused] = useState<{ readonly file: Download; readonly problem: Problem }>();
  const fetchFile = async (file: Download) => {
    setRefused(undefined);
    try {
      save(await api.download(file.path), file.name);
    } catch (error) {
      setRefused({ file, problem: problemIn(error) });
    }
  };
  const instead = insteadOf(refused);
  return (
    <>
      <div class="buttons">
        {files.map((file) => (
          <button
            key={file.path}
            type="button"
            class="second"
            aria-label={file.label ?? file.text}
            onClick={() => fetchFile(file)}
          >
            {file.text}
          </button>
        ))}
      </div>
      {refused !== undefined && <ProblemNote w={w} problem={refused.problem} />}
      {instead !== undefined && (
        <button type="button" class="second" onClick={() => fetchFile(instead)}>
          {instead.text}
        </button>
      )}
    </>
  );
}

function insteadOf(
  refused: { readonly file: Download; readonly problem: Problem } | undefined,
): Download | undefined {
  const instead = refused?.file.instead;
  if (refused === undefined || instead?.code !== refused.problem.code) return undefined;
  return { name: refused.file.name, path: instead.path, text: instead.text };
}
