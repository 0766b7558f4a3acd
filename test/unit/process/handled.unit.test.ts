import { done, type Handled, handledBy, ignored, inOrder } from '../../../src/process/handled.ts';

const early: Handled = { kind: 'too_early', code: 'a.code', detail: 'Not yet.' };

describe('The outcome of a use case', () => {
  it.each(['appended', 'unchanged'] as const)('%s is done', (kind) => {
    expect(handledBy({ kind })).toEqual(done);
  });

  it.each(['too_early', 'rejected'] as const)('%s keeps its reason, and no state', (kind) => {
    const outcome = { kind, state: { status: 'funded' }, code: 'a.code', detail: 'Why.' };
    expect(handledBy(outcome)).toEqual({ kind, code: 'a.code', detail: 'Why.' });
  });
});

describe('Steps in order', () => {
  const run = async (...answers: readonly Handled[]) => {
    const taken: number[] = [];
    const handled = await inOrder(
      answers.map((answer, index) => async () => {
        taken.push(index);
        return answer;
      }),
    );
    return { handled, taken };
  };

  it('are done when all are', async () => {
    expect(await run(done, done)).toEqual({ handled: done, taken: [0, 1] });
    expect(await run()).toEqual({ handled: done, taken: [] });
  });

  it('stop at the first that is not done', async () => {
    expect(await run(done, early, done)).toEqual({ handled: early, taken: [0, 1] });
    expect(await run(ignored('other'), done)).toEqual({ handled: ignored('other'), taken: [0] });
  });

  it('let an error through at once', async () => {
    const broken = [() => Promise.reject(new Error('Down.')), async () => done];
    await expect(inOrder(broken)).rejects.toThrow('Down.');
  });
});
