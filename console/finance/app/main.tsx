import { render } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { createApi } from './api.ts';
import { Breaks } from './breaks.tsx';
import { Cases } from './cases.tsx';
import { DeskContext } from './context.ts';
import { Lanes } from './lanes.tsx';
import { Account, Ledger } from './ledger.tsx';
import { OneBreak } from './one-break.tsx';
import { Choice } from './parts.tsx';
import { Payouts } from './payouts.tsx';
import { OnePeriod, Periods } from './periods.tsx';
import { Rates } from './rates.tsx';
import { linkTo, type Route, routeOf, screens } from './route.ts';
import { Settlements } from './settlements.tsx';
import { SignIn } from './sign-in.tsx';
import { Statements } from './statements.tsx';
import { Today } from './today.tsx';
import { type Language, languageNames, languages, type Words, words } from './words.ts';

const KEY = 'tradelane.finance.key';
const LANGUAGE = 'tradelane.finance.language';

const firstLanguage = (): Language => {
  const chosen = localStorage.getItem(LANGUAGE) ?? navigator.language.slice(0, 2);
  return languages.find((language) => language === chosen) ?? 'en';
};

/** Where the address says that we are. */
function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return useMemo(() => routeOf(hash), [hash]);
}

function App() {
  const [apiKey, setApiKey] = useState(sessionStorage.getItem(KEY));
  const [language, setLanguage] = useState(firstLanguage);
  const route = useRoute();
  const w = words[language];
  const api = useMemo(() => (apiKey === null ? undefined : createApi(apiKey)), [apiKey]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = api === undefined ? w.title : `${w.screen[route.screen]} – ${w.title}`;
  }, [language, w, route, api]);
  const choose = (chosen: string) => {
    const found = languages.find((one) => one === chosen) ?? 'en';
    localStorage.setItem(LANGUAGE, found);
    setLanguage(found);
  };
  const signIn = (key: string) => {
    sessionStorage.setItem(KEY, key);
    setApiKey(key);
  };
  const signOut = () => {
    sessionStorage.removeItem(KEY);
    setApiKey(null);
  };
  return (
    <>
      <Top w={w} language={language} onLanguage={choose}>
        {api !== undefined && (
          <button type="button" class="second" onClick={signOut}>
            {w.signOut}
          </button>
        )}
      </Top>
      {api === undefined ? (
        <main id="content" tabIndex={-1}>
          <SignIn w={w} onKey={signIn} />
        </main>
      ) : (
        <DeskContext.Provider value={{ api, language, w }}>
          <Screens w={w} route={route} />
          <Content route={route} />
        </DeskContext.Provider>
      )}
    </>
  );
}

function Top({
  w,
  language,
  onLanguage,
  children,
}: {
  readonly w: Words;
  readonly language: Language;
  readonly onLanguage: (language: string) => void;
  readonly children: preact.ComponentChildren;
}) {
  const skip = () => document.getElementById('content')?.focus();
  return (
    <header>
      {/* No link: the address says which screen is open. */}
      <button type="button" class="skip" onClick={skip}>
        {w.skip}
      </button>
      <p class="brand">{w.title}</p>
      <div class="tools">
        <Choice
          label={w.language}
          value={language}
          options={languages.map((code) => [code, languageNames[code]] as const)}
          onChoose={onLanguage}
        />
        {children}
      </div>
    </header>
  );
}

function Screens({ w, route }: { readonly w: Words; readonly route: Route }) {
  return (
    <nav aria-label={w.screens}>
      <ul>
        {screens.map((screen) => (
          <li key={screen}>
            <a href={linkTo(screen)} aria-current={screen === route.screen ? 'page' : undefined}>
              {w.screen[screen]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What is open. Whoever goes elsewhere by keyboard or by ear is taken to its beginning. */
function Content({ route }: { readonly route: Route }) {
  const main = useRef<HTMLElement>(null);
  const place = `${route.screen}/${route.id ?? ''}`;
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    main.current?.focus();
  }, [place]);
  return (
    <main id="content" tabIndex={-1} ref={main}>
      <Open route={route} key={place} />
    </main>
  );
}

function Open({ route: { screen, id, query } }: { readonly route: Route }) {
  switch (screen) {
    case 'today':
      return <Today />;
    case 'breaks':
      return id === undefined ? <Breaks query={query} /> : <OneBreak id={id} />;
    case 'statements':
      return <Statements />;
    case 'ledger':
      return id === undefined ? <Ledger /> : <Account id={id} query={query} />;
    case 'periods':
      return id === undefined ? <Periods /> : <OnePeriod period={id} />;
    case 'payouts':
      return <Payouts />;
    case 'settlements':
      return <Settlements query={query} />;
    case 'disputes':
      return <Cases query={query} />;
    case 'lanes':
      return <Lanes query={query} />;
    case 'rates':
      return <Rates />;
  }
}

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no place for the console.');
render(<App />, root);
