import { showProgress } from '../../../local/cli/progress.ts';
import { clockOf, paper } from './paper.ts';

describe('Progress in a file', () => {
  it('is a line for each step as it begins, with the time since the first', () => {
    const { terminal, text } = paper();
    const progress = showProgress(terminal, clockOf(0, 0, 2_100, 2_400));
    progress.step('synthesizing');
    progress.step('starting');
    expect(progress.done()).toBe(2_400);
    expect(text().split('\n')).toEqual(['   0.0 s  synthesizing', '   2.1 s  starting', '']);
  });
});

describe('Progress on a terminal', () => {
  it('ends each step with the time that it took, in place of its beginning', () => {
    const { terminal, text } = paper({ columns: 80 });
    const progress = showProgress(terminal, clockOf(0, 0, 2_100, 2_100, 2_400, 2_400));
    progress.step('synthesizing');
    progress.step('starting');
    progress.done();
    const lines = text()
      .split('\n')
      .map((line) => line.split('\x1b[2K'));
    expect(lines).toEqual([
      ['  … synthesizing\r', expect.stringMatching(/^ {2}✓ synthesizing +2\.1 s$/)],
      ['  … starting\r', expect.stringMatching(/^ {2}✓ starting +0\.3 s$/)],
      [''],
    ]);
  });
});

describe('Colors', () => {
  it.each([
    {
      where: 'on a terminal',
      options: { columns: 80, environment: {} },
      written: '\x1b[1mup\x1b[22m',
    },
    { where: 'on a terminal with NO_COLOR', options: { columns: 80 }, written: 'up' },
    {
      where: 'on a dumb terminal',
      options: { columns: 80, environment: { TERM: 'dumb' } },
      written: 'up',
    },
    { where: 'in a file', options: { environment: {} }, written: 'up' },
  ])('are as they should be $where', ({ options, written }) => {
    expect(paper(options).terminal.paint('bold', 'up')).toBe(written);
  });
});
