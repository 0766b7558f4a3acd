import { once } from 'node:events';
import { accountNumber, startDhlExpressSandbox } from '../sandboxes/dhl-express/sandbox.ts';
import { startShippoSandbox } from '../sandboxes/shippo/sandbox.ts';

type Started = { readonly lines: readonly string[]; readonly stop: () => Promise<void> };

/** Each sandbox, with what a client needs to call it. */
const SANDBOXES: Readonly<Record<string, () => Promise<Started>>> = {
  shippo: async () => {
    const { url, apiKey, stop } = await startShippoSandbox();
    return { lines: [`Shippo sandbox  ${url}`, `API key         ${apiKey}`], stop };
  },
  'dhl-express': async () => {
    const { url, username, password, stop } = await startDhlExpressSandbox();
    return {
      lines: [
        `DHL Express sandbox  ${url}`,
        `User and password    ${username} ${password}`,
        `Account              ${accountNumber}`,
      ],
      stop,
    };
  },
};

const [name = ''] = process.argv.slice(2);
const start = Object.hasOwn(SANDBOXES, name) ? SANDBOXES[name] : undefined;
if (start === undefined) {
  process.stderr.write(
    `There is no such sandbox. There are: ${Object.keys(SANDBOXES).join(', ')}.\n`,
  );
  process.exitCode = 2;
} else {
  const { lines, stop } = await start();
  process.stdout.write(`${lines.join('\n')}\n\nCtrl-C stops it.\n`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await stop();
}
