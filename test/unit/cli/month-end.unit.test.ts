import { monthEndProblems } from '../../../local/cli/month-end/play.ts';

const month: Parameters<typeof monthEndProblems>[0] = {
  ...{ period: '2026-06', planted: { 'D missing': 2 }, found: { 'D missing': 2 }, tolerated: 1 },
  ...{ resolved: {}, explained: 0, checks: { breaks: 'green' }, status: 'locked' },
  ...{ snapshotSha256: 'a', deadLetters: 0 },
};

describe('The verdict on a month', () => {
  it('has nothing to say where all was found and the month is locked', () => {
    expect(monthEndProblems(month)).toEqual([]);
  });

  it.each([
    [{ found: { 'D missing': 1 } }, '2 breaks "D missing" were planted, 1 found.'],
    [
      { found: { 'D missing': 2, 'E unexpected': 1 } },
      '0 breaks "E unexpected" were planted, 1 found.',
    ],
    [{ tolerated: 0 }, '1 difference was to be tolerated, 0 were.'],
    [
      { status: 'soft_closed', checks: { breaks: 'red' } },
      'The month is soft_closed; red: breaks.',
    ],
    [{ deadLetters: 3 }, '3 messages were given up.'],
  ])('names %j', (changes, problem) => {
    expect(monthEndProblems({ ...month, ...changes } as typeof month)).toEqual([problem]);
  });
});
