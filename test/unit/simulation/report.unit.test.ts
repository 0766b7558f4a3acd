import { createTerminal } from '../../../local/cli/terminal.ts';
import { progressLine } from '../../simulation/cli-report.ts';

function written(isTTY: boolean) {
  const texts: string[] = [];
  const write = (text: string): boolean => texts.push(text) > 0;
  const clock = { nowMs: 0 };
  const progress = progressLine(createTerminal({ isTTY, write }, {}), () => clock.nowMs);
  return { texts, clock, progress };
}

describe('How far the work is', () => {
  it('is written over where lines can be redrawn', () => {
    const { texts, progress } = written(true);
    progress.show('1 of 2');
    progress.clear();
    expect(texts).toEqual(['\r\u001b[2K  1 of 2', '\r\u001b[2K']);
  });

  it('is a line a minute in a file or a pipe', () => {
    const { texts, clock, progress } = written(false);
    for (const seconds of [1, 59, 60, 61, 119, 120]) {
      clock.nowMs = seconds * 1_000;
      progress.show(`after ${seconds}`);
    }
    progress.clear();
    expect(texts).toEqual(['  after 60\n', '  after 120\n']);
  });
});
