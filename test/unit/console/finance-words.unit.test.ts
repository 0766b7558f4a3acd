import { ageBands } from '../../../console/finance/app/age-bands.ts';
import { problemOf } from '../../../console/finance/app/problem.ts';
import { wordOf, words } from '../../../console/finance/app/words.ts';
import { JournalEntry } from '../../../events/ledger/journal-entry.v1.ts';
import { CHART } from '../../../src/ledger/chart.ts';
import { settlementStates } from '../../../src/process/finance-views.ts';
import { reportNames } from '../../../src/process/period-reports.ts';
import { ageBand } from '../../../src/reconciliation/business-days.ts';
import { breakTypes } from '../../../src/reconciliation/outcome.ts';
import { itemRecs } from '../../../src/reconciliation/recs.ts';

/** Every text of a dictionary, under its path. */
const textsOf = (value: object, path = ''): [string, string][] =>
  Object.entries(value).flatMap(([name, text]): [string, string][] =>
    typeof text === 'string' ? [[`${path}${name}`, text]] : textsOf(text, `${path}${name}.`),
  );

const english = textsOf(words.en);
const korean = textsOf(words.ko);

describe("The console's words", () => {
  it('are there in both languages, in the same places, and none is empty', () => {
    expect(korean.map(([path]) => path)).toEqual(english.map(([path]) => path));
    expect([...english, ...korean].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('are Korean in Korean', () => {
    expect(korean.filter(([, text]) => !/[가-힣]|pain\.001/.test(text))).toEqual([]);
  });

  it.each([
    ['every kind of break', Object.keys(words.en.breakKind), breakTypes],
    ['every state of pay', Object.keys(words.en.settlementState), settlementStates],
    ['every account', Object.keys(words.en.accountName), Object.keys(CHART)],
    ['every entry', Object.keys(words.en.entryKind), JournalEntry.shape.kind.options],
    ['every rec', Object.keys(words.en.rec), [...Object.keys(itemRecs), 'F', 'H']],
    ['every report', Object.keys(words.en.report), reportNames],
  ])('name %s that there is', (_what, named, known) => {
    expect([...named].sort()).toEqual([...known].sort());
  });

  it('group breaks by the ages that the API has', () => {
    expect([0, 2, 4, 8, 31, 61].map(ageBand)).toEqual([...ageBands]);
  });

  it('leave a code as it is that they do not know', () => {
    expect(wordOf(words.en.checkName, 'new_check')).toBe('new_check');
  });
});

describe('A problem', () => {
  it('is what the API says', () => {
    const body = { code: 'break.resolved', detail: 'It is resolved.', title: 'Conflict' };
    expect(problemOf(409, JSON.stringify(body))).toEqual({
      ...{ status: 409, code: 'break.resolved', detail: 'It is resolved.' },
    });
  });

  it('is still a problem where something else answered', () => {
    expect(problemOf(502, '<html>')).toEqual({ status: 502, code: 'unknown', detail: '' });
  });
});
