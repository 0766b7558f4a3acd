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
};

/** Files of the API to save. They are fetched, not linked to: the key goes into a header. */
export function Downloads({ files }: { readonly files: readonly Download[] }) {
  const { w, api } = useDesk();
  const [problem, setProblem] = useState<Problem>();
  const fetchFile = async ({ path, name }: Download) => {
    setProblem(undefined);
    try {
      save(await api.download(path), name);
    } catch (error) {
      setProblem(problemIn(error));
    }
  };
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
      {problem !== undefined && <ProblemNote w={w} problem={problem} />}
    </>
  );
}
