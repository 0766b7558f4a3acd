import { useCallback, useState } from 'preact/hooks';
import { Choice } from './parts.tsx';
import { linkTo, type Route, screens } from './route.ts';
import { Search } from './search.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { useKeys } from './use-keys.ts';
import { type Language, languageNames, languages, type Words } from './words.ts';

type TopProps = {
  readonly w: Words;
  readonly language: Language;
  readonly onLanguage: (language: string) => void;
  /** Undefined where nobody is signed in. */
  readonly onSignOut: (() => void) | undefined;
};

/** What stands above every screen. */
export function Top({ w, language, onLanguage, onSignOut }: TopProps) {
  const skip = () => document.getElementById('content')?.focus();
  return (
    <header>
      {/* No link: the address says which screen is open. */}
      <button type="button" class="skip" onClick={skip}>
        {w.skip}
      </button>
      <p class="brand">{w.title}</p>
      {onSignOut !== undefined && <Search w={w} />}
      <div class="tools">
        {onSignOut !== undefined && <Help w={w} />}
        <Choice
          label={w.language}
          value={language}
          options={languages.map((code) => [code, languageNames[code]] as const)}
          onChoose={onLanguage}
        />
        {onSignOut !== undefined && (
          <button type="button" class="second" onClick={onSignOut}>
            {w.signOut}
          </button>
        )}
      </div>
    </header>
  );
}

/** The shortcuts, which work while somebody is signed in. */
function Help({ w }: { readonly w: Words }) {
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  useKeys(open);
  return (
    <>
      <button type="button" class="second round" aria-label={w.keys.title} onClick={open}>
        ?
      </button>
      {isOpen && <Shortcuts w={w} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The screens, beside what is open. A line is found from a trade or by its id. */
export function Screens({ w, route }: { readonly w: Words; readonly route: Route }) {
  const open = route.screen === 'bank-lines' ? 'trades' : route.screen;
  return (
    <nav aria-label={w.screens}>
      <ul>
        {screens
          .filter((screen) => screen !== 'bank-lines')
          .map((screen) => (
            <li key={screen}>
              <a href={linkTo(screen)} aria-current={screen === open ? 'page' : undefined}>
                {w.screen[screen]}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  );
}
