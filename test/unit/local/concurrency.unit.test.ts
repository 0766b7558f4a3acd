import { setImmediate as nextTurn } from 'node:timers/promises';
import { createKeyedMutex } from '../../../local/aws/keyed-mutex.ts';
import { createCleanup } from '../../../local/runtime/cleanup.ts';
import { createSemaphore } from '../../../local/runtime/semaphore.ts';

/** A task that notes its begin and end, and yields in between. */
const noting = (notes: string[]) => (name: string) => async () => {
  notes.push(`${name} begins`);
  await nextTurn();
  notes.push(`${name} ends`);
  return name;
};

describe('tasks under a keyed mutex', () => {
  it('that share a key run one after another', async () => {
    const notes: string[] = [];
    const task = noting(notes);
    const exclusively = createKeyedMutex();
    await Promise.all([
      exclusively(['a', 'b'], task('first')),
      exclusively(['b', 'a'], task('second')),
      exclusively(['a'], task('third')),
    ]);
    expect(notes.map((note) => note.split(' ')[1])).toEqual([
      'begins',
      'ends',
      'begins',
      'ends',
      'begins',
      'ends',
    ]);
  });

  it('that share none run side by side', async () => {
    const notes: string[] = [];
    const task = noting(notes);
    const exclusively = createKeyedMutex();
    await Promise.all([exclusively(['a'], task('first')), exclusively(['b'], task('second'))]);
    expect(notes).toEqual(['first begins', 'second begins', 'first ends', 'second ends']);
  });

  it('go on after one that failed', async () => {
    const exclusively = createKeyedMutex();
    const failing = exclusively(['a'], async () => {
      throw new Error('no');
    });
    const following = exclusively(['a'], async () => 'done');
    await expect(failing).rejects.toThrow('no');
    expect(await following).toBe('done');
  });
});

describe('a semaphore', () => {
  it('lets in as many as it has places, and the others in their order', async () => {
    const semaphore = createSemaphore(2);
    const entered: number[] = [];
    const enter = async (visitor: number) => {
      await semaphore.acquire();
      entered.push(visitor);
    };
    for (const visitor of [1, 2, 3, 4]) enter(visitor);
    await nextTurn();
    expect([entered.slice(), semaphore.waiting()]).toEqual([[1, 2], 2]);
    semaphore.release();
    await nextTurn();
    expect(entered).toEqual([1, 2, 3]);
  });
});

describe('a cleanup', () => {
  it('undoes everything once, last first, and tells what failed', async () => {
    const undone: string[] = [];
    const cleanup = createCleanup();
    cleanup.add(() => {
      undone.push('first');
    });
    cleanup.add(() => Promise.reject(new Error('stuck')));
    cleanup.add(() => {
      undone.push('last');
    });
    await expect(cleanup.run()).rejects.toMatchObject({ errors: [new Error('stuck')] });
    await expect(cleanup.run()).rejects.toThrow('did not stop cleanly');
    expect(undone).toEqual(['last', 'first']);
  });
});
