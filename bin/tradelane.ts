#!/usr/bin/env node
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesize } from '../lib/app.ts';

/**
 * The CDK app. Context chooses the stage and its settings, which `lib/settings.ts` lists; the CDK
 * CLI passes it on, and by hand it is spelled the same:
 *
 *   npx cdk deploy --all -c stage=production -c livemode=true
 *   npm run synth -- -c stage=production -c livemode=true
 */
const { CDK_CONTEXT_JSON: cliContext = '{}', CDK_OUTDIR: cliOutdir } = process.env;
const { values } = parseArgs({
  options: { context: { type: 'string', short: 'c', multiple: true, default: [] } },
});
const { stage = 'local', ...context } = {
  ...JSON.parse(cliContext),
  ...Object.fromEntries(values.context.map((pair) => pair.split(/=(.*)/s, 2))),
};

/** CDK's own flags travel in the same context; every one of them has a colon or an at sign. */
const isSetting = ([name]: [string, unknown]) => !/[:@]/.test(name);

const { assemblyDir, stackNames } = synthesize({
  stage,
  settings: Object.fromEntries(Object.entries(context).filter(isSetting)),
  ...(cliOutdir === undefined ? {} : { outdir: cliOutdir }),
});

if (cliOutdir === undefined) {
  const target = relative(process.cwd(), assemblyDir) || '.';
  process.stdout.write(`Synthesized ${stackNames.join(', ')} to ${target}\n`);
}
