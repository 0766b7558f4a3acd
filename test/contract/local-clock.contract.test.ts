import { type StartedFixture, startFixture } from '../unit/local/runtime-fixture.ts';

const DAY_MS = 86_400_000;

const clock = `exports.handler = async (_event, context) => ({
  now: Date.now(),
  at: new Date().toISOString(),
  given: new Date(0).toISOString(),
  isDate: new Date() instanceof Date,
  remainingMs: context.getRemainingTimeInMillis(),
});`;

type Answer = {
  readonly now: number;
  readonly at: string;
  readonly given: string;
  readonly isDate: boolean;
  readonly remainingMs: number;
};

describe('the clock of functions', () => {
  let fixture: StartedFixture;
  beforeAll(async () => {
    fixture = await startFixture({ functions: { clock } });
  });
  afterAll(() => fixture.stop());

  const ask = async (): Promise<Answer> => {
    const result = await fixture.runtime.invoke('clock', {});
    if (!result.ok) throw new Error(result.errorMessage);
    return result.payload as Answer;
  };

  it.each([0, 40, 0])('is ahead by %i days, and nothing else is', async (days) => {
    await fixture.runtime.moveClock(days * DAY_MS);
    const answer = await ask();
    const ahead = answer.now - Date.now();
    expect(Math.abs(ahead - days * DAY_MS)).toBeLessThan(60_000);
    expect(Math.abs(Date.parse(answer.at) - answer.now)).toBeLessThan(1_000);
    expect(answer).toMatchObject({ given: '1970-01-01T00:00:00.000Z', isDate: true });
    expect(answer.remainingMs).toBeGreaterThan(0);
    expect(answer.remainingMs).toBeLessThanOrEqual(3_000);
  });
});
