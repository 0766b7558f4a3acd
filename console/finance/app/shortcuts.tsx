import { useEffect, useRef, useState } from 'preact/hooks';
import { goKeys } from './keys.ts';
import { screens } from './route.ts';
import { keysAreOn, turnKeys } from './use-keys.ts';
import type { Words } from './words.ts';

/** The shortcuts, and a way to turn them off. */
export function Shortcuts({ w, onClose }: { readonly w: Words; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOn, setOn] = useState(keysAreOn);
  useEffect(() => dialog.current?.showModal(), []);
  const single = [
    ['/', w.keys.search],
    ['j', w.keys.next],
    ['k', w.keys.previous],
    ['u', w.keys.up],
    ['?', w.keys.help],
  ] as const;
  const toScreens = screens.flatMap((screen) => {
    const letter = goKeys[screen];
    return letter === undefined ? [] : [[`g ${letter}`, w.screen[screen]] as const];
  });
  return (
    <dialog ref={dialog} class="card" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">{w.keys.title}</h2>
      <dl class="keys">
        {[...single, ...toScreens].map(([keys, text]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={isOn}
          onChange={({ currentTarget }) => {
            turnKeys(currentTarget.checked);
            setOn(currentTarget.checked);
          }}
        />
        {w.keys.on}
      </label>
      <div class="buttons">
        <button type="button" onClick={() => dialog.current?.close()}>
          {w.keys.close}
        </button>
      </div>
    </dialog>
  );
}
