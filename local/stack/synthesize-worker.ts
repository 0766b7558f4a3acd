import { parentPort, workerData } from 'node:worker_threads';
import { synthesize } from '../../lib/app.ts';
import type { SynthesisOptions } from './synthesize.ts';

const { stackNames } = synthesize(workerData as SynthesisOptions);
parentPort?.postMessage(stackNames);
