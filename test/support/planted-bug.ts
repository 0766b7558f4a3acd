import { mutantNamed } from '../simulation/mutants/index.ts';
import { plant } from '../simulation/mutants/plant.ts';

/** Plants the bug that `PLANTED_BUG` names, in a process that is started with `--import` of this file. */
plant(mutantNamed(process.env['PLANTED_BUG'] ?? ''));
