import { createHash } from 'node:crypto';
import type { BrowserContext, Route } from 'playwright-core';
import { words } from '../../console/finance/app/words.ts';
import { shoot, violationsOf } from '../support/browser.ts';
import { browserTests } from '../support/browser-tests.ts';
import { consoleStack, newKey } from '../support/finance-console.ts';
import { withStack } from '../support/stack.ts';

const stack = withStack(consoleStack);
const { browser, withBrowser } = await browserTests();
const { en } = words;

const ORIGIN = 'https://sign-in.example';
const CLIENT = 'client-1';

const leadTo = (route: Route, address: string) =>
  route.fulfill({
    contentType: 'text/html',
    body: `<script>location.replace(${JSON.stringify(address)})</script>`,
  });

/** Stands for the pool at the far end of the wire. Its token is one that this stack's API takes. */
async function withPool(context: BrowserContext, accessToken: string, lastsSeconds = 900) {
  const steps: string[] = [];
  let challenge: string | null = null;
  await context.route('**/console/config.json', (route) =>
    route.fulfill({ json: { signIn: { origin: ORIGIN, clientId: CLIENT } } }),
  );
  await context.route(`${ORIGIN}/**`, async (route) => {
    const { pathname, searchParams: query } = new URL(route.request().url());
    const fields = new URLSearchParams(route.request().postData() ?? '');
    steps.push(pathname);
    if (pathname === '/oauth2/authorize') {
      challenge = query.get('code_challenge');
      return leadTo(route, `${query.get('redirect_uri')}?code=c1&state=${query.get('state')}`);
    }
    if (pathname === '/logout') return leadTo(route, query.get('logout_uri') ?? '');
    const headers = { 'access-control-allow-origin': '*' };
    if (pathname === '/oauth2/revoke') return route.fulfill({ headers });
    const verifier = fields.get('code_verifier') ?? '';
    const answered = createHash('sha256').update(verifier).digest('base64url') === challenge;
    return answered
      ? route.fulfill({
          headers,
          json: { access_token: accessToken, refresh_token: 'r1', expires_in: lastsSeconds },
        })
      : route.fulfill({ status: 400, headers, json: { error: 'invalid_grant' } });
  });
  return steps;
}

withBrowser("Finance's console with an organization", () => {
  it('signs a person in where they were going, keeps them in the tab, and forgets them', async () => {
    const context = await browser.newContext({ bypassCSP: true, locale: 'en-GB' });
    const steps = await withPool(context, await newKey(stack()));
    const page = await context.newPage();
    await page.goto(`${stack().url}/console#/ledger`);
    const button = page.getByRole('button', { name: en.organization });
    await button.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, 'console-organization');

    await button.click();
    await page.getByRole('heading', { level: 1, name: en.screen.ledger }).waitFor();
    expect(page.url()).toBe(`${stack().url}/console#/ledger`);
    expect(steps).toEqual(['/oauth2/authorize', '/oauth2/token']);

    await page.reload();
    await page.getByRole('heading', { level: 1, name: en.screen.ledger }).waitFor();
    expect(await context.cookies()).toEqual([]);
    expect(await page.evaluate('Object.keys(localStorage).join()')).not.toContain('person');

    await page.getByRole('button', { name: en.signOut }).click();
    await button.waitFor();
    expect(steps.slice(2)).toEqual(['/oauth2/revoke', '/logout']);
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    await context.close();
  });

  it('asks a person to sign in again, and says why, once their session is over', async () => {
    const context = await browser.newContext({ bypassCSP: true, locale: 'en-GB' });
    // So short that it has to be renewed at once, which this pool refuses.
    const steps = await withPool(context, await newKey(stack()), 1);
    const page = await context.newPage();
    await page.goto(`${stack().url}/console#/ledger`);
    await page.getByRole('button', { name: en.organization }).click();
    await page.getByText(en.problem.signInAgain).waitFor();
    expect(steps).toEqual(['/oauth2/authorize', '/oauth2/token', '/oauth2/token']);
    expect(await violationsOf(page)).toEqual([]);
    await shoot(page, 'console-session-over');
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    await context.close();
  });

  it('is told of only where the deployment has one', async () => {
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    const config = page.waitForResponse('**/console/config.json');
    await page.goto(`${stack().url}/console`);
    expect(await (await config).json()).toEqual({});
    await page.getByRole('heading', { level: 1, name: en.signIn }).waitFor();
    expect(await page.getByRole('button', { name: en.organization }).count()).toBe(0);
    await context.close();
  });
});
