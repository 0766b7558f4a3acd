import { type Command, runCommand } from '../../local/cli/command.ts';
import { createTerminal } from '../../local/cli/terminal.ts';
import { enumerateCrashes } from './cli-enumerate.ts';
import { huntMutants } from './cli-mutants.ts';
import { readSimulateOptions, USAGE } from './cli-options.ts';
import { replay } from './cli-replay.ts';
import { simulate } from './cli-run.ts';

/** `npm run simulate` */
const command: Command = {
  usage: USAGE,
  run: async (args) => {
    const options = readSimulateOptions(args);
    const output = {
      out: createTerminal(process.stdout, process.env),
      err: createTerminal(process.stderr, process.env),
    };
    switch (options.mode) {
      case 'help':
        output.out.write(USAGE);
        return 0;
      case 'replay':
        return replay(options, output);
      case 'mutants':
        return huntMutants(options, output);
      case 'enumerate':
        return enumerateCrashes(options, output);
      case 'run':
        return simulate(options, output);
      default: {
        const unknownMode: never = options.mode;
        return unknownMode;
      }
    }
  },
};

await runCommand(command);
