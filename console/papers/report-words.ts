import type { ReportName } from '../../src/process/period-reports.ts';
import { en } from './report-words/en.ts';
import { ko } from './report-words/ko.ts';

/** The words of a report; a language that lacks one does not compile. `{n}` and `{of}` are filled in. */
export type ReportWords = {
  readonly report: Readonly<Record<ReportName, string>>;
  readonly platform: string;
  readonly period: string;
  readonly asOf: string;
  readonly state: string;
  readonly status: Readonly<Record<'open' | 'soft_closed' | 'locked', string>>;
  readonly lockedAt: string;
  readonly hash: string;
  readonly amounts: string;
  readonly signs: Readonly<Record<'debit' | 'income' | 'owed' | 'plain', string>>;
  readonly total: string;
  readonly nothing: string;
  readonly page: string;
  /** By the names that they have in JSON, without the unit. */
  readonly column: Readonly<Record<string, string>>;
  /** Codes within a column: kinds of lines, states of payments. */
  readonly code: Readonly<Record<string, string>>;
  /** By the number in the chart of accounts. */
  readonly account: Readonly<Record<string, string>>;
};

const words = { en, ko } as const;

export type ReportLanguage = keyof typeof words;

/** The languages that reports are written in (ISO 639). */
export const reportLanguages = Object.keys(words) as [ReportLanguage, ...ReportLanguage[]];

/** The words in one language. */
export const reportWordsIn = (language: ReportLanguage): ReportWords => words[language];
