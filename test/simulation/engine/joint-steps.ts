import type { Runnable, Scheduler } from './scheduler.ts';

/**
 * Adds things to a scheduler so that what one task asks for at the same time goes in one step, in the
 * order in which it was asked for.
 */
export function createJointSteps(scheduler: Scheduler): (runnable: Runnable) => void {
  let last: { readonly task: string; readonly askedAtStep: number; readonly more: Runnable[] } = {
    task: '',
    askedAtStep: -1,
    more: [],
  };
  return (runnable) => {
    const { task } = runnable;
    const askedAtStep = scheduler.steps();
    if (last.task === task && last.askedAtStep === askedAtStep) {
      last.more.push(runnable);
      return;
    }
    const more: Runnable[] = [];
    last = { task, askedAtStep, more };
    scheduler.add({
      ...runnable,
      run: () =>
        more.reduce(
          (outcome, { kind, subject, run }) => `${outcome}, ${kind} ${subject} → ${run()}`,
          runnable.run(),
        ),
    });
  };
}
