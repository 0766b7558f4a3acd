import type { Job } from './cli-jobs.ts';
import { mutantNamed } from './mutants/index.ts';
import { plant } from './mutants/plant.ts';

/**
 * A process that does jobs of the simulator's command. The product is imported only once it is known
 * whether a bug is to be planted in it; so a process that was given a mutant is good for nothing else.
 */
process.on('message', (job: Job) => {
  void answer(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.on('disconnect', () => process.exit());

async function answer(job: Job): Promise<unknown> {
  const planted =
    job.kind === 'mutant' && job.name !== null ? plant(mutantNamed(job.name)) : undefined;
  const { doJob } = await import('./cli-work.ts');
  planted?.assertLoaded();
  return doJob(job);
}
