import { render } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { BankLine } from './bank-line.tsx';
import { Breaks } from './breaks.tsx';
import { Cases } from './cases.tsx';
import { DeskContext } from './context.ts';
import { Debts } from './debts.tsx';
import { Screens, Top } from './frame.tsx';
import { Lanes } from './lanes.tsx';
import { Account, Ledger } from './ledger.tsx';
import { OneBatch } from './one-batch.tsx';
import { OneBreak } from './one-break.tsx';
import { OneStatement } from './one-statement.tsx';
import { Payouts } from './payouts.tsx';
import { OnePeriod, Periods } from './periods.tsx';
import { Rates } from './rates.tsx';
import { type Route, routeOf } from './route.ts';
import { Settlements } from './settlements.tsx';
import { SignIn } from './sign-in.tsx';
import { Statements } from './statements.tsx';
import { Today } from './today.tsx';
import { Trade, Trades } from './trade.tsx';
import { Treasury } from './treasury.tsx';
import { useSession } from './use-session.ts';
import { type Language, languages, words } from './words.ts';

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
  const session = useSession();
  const { api, signOut } = session;
  const [language, setLanguage] = useState(firstLanguage);
  const route = useRoute();
  const w = words[language];
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = api === undefined ? w.title : `${w.screen[route.screen]} – ${w.title}`;
  }, [language, w, route, api]);
  const choose = (chosen: string) => {
    const found = languages.find((one) => one === chosen) ?? 'en';
    localStorage.setItem(LANGUAGE, found);
    setLanguage(found);
  };
  return (
    <>
      <Top
        w={w}
        language={language}
        onLanguage={choose}
        onSignOut={api === undefined ? undefined : signOut}
      />
      {api === undefined ? (
        <main id="content" tabIndex={-1}>
          <SignIn w={w} session={session} />
        </main>
      ) : (
        <DeskContext.Provider value={{ api, language, w }}>
          <div class="desk">
            <Screens w={w} route={route} />
            <Content route={route} />
          </div>
        </DeskContext.Provider>
      )}
    </>
  );
}

/** What is open. Whoever goes elsewhere by keyboard or by ear is taken to its beginning. */
function Content({ route }: { readonly route: Route }) {
  const main = useRef<HTMLElement>(null);
  const place = `${route.screen}/${route.id ?? ''}`;
  const before = useRef(place);
  // At once, not after it was drawn: whoever types into the search field by then stays there.
  useLayoutEffect(() => {
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
      return id === undefined ? <Breaks query={query} /> : <OneBreak id={id} query={query} />;
    case 'statements':
      return id === undefined ? <Statements /> : <OneStatement id={id} query={query} />;
    case 'trades':
      return id === undefined ? <Trades /> : <Trade id={id} />;
    case 'bank-lines':
      return id === undefined ? <Trades /> : <BankLine id={id} />;
    case 'ledger':
      return id === undefined ? <Ledger /> : <Account id={id} query={query} />;
    case 'periods':
      return id === undefined ? <Periods /> : <OnePeriod period={id} />;
    case 'payouts':
      return id === undefined ? <Payouts /> : <OneBatch id={id} query={query} />;
    case 'settlements':
      return <Settlements query={query} />;
    case 'disputes':
      return <Cases query={query} />;
    case 'lanes':
      return <Lanes query={query} />;
    case 'rates':
      return <Rates />;
    case 'treasury':
      return <Treasury />;
    case 'debts':
      return <Debts account={id} query={query} />;
  }
}

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no place for the console.');
render(<App />, root);
