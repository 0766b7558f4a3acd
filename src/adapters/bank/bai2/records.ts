/** One record with its continuations: its code, what follows the code, and its line, from 1. */
export type Bai2Record = {
  readonly code: string;
  /** Fields behind the code. `CONTINUED` stands where an 88 record went on. */
  readonly body: string;
  readonly line: number;
  /** How many records the file has here, continuations counted: control totals count them. */
  readonly physical: number;
};

/** A character that no file has, where a continuation was joined. */
export const CONTINUED = '\ue000';

const RECORD = /^\s*(01|02|03|16|49|88|98|99)[,:]/;
/** A record may end with `/` and the next begin on the same line. */
const NEXT_ON_LINE = /\/[ \t]+(?=(?:01|02|03|16|49|88|98|99),)/;

type Growing = { code: string; body: string; line: number; physical: number; ended: boolean };

/** The file's records, continuations joined to what they continue. */
export function splitRecords(text: string): readonly Bai2Record[] {
  const records: Growing[] = [];
  text.split(/\r\n|\n|\r/).forEach((content, index) => {
    for (const piece of content.split(NEXT_ON_LINE)) addPiece(records, piece, index + 1);
  });
  return records;
}

function addPiece(records: Growing[], piece: string, line: number): void {
  if (piece.trim() === '') return;
  const code = RECORD.exec(piece)?.[1];
  const last = records.at(-1);
  const ended = /\/\s*$/.test(piece);
  const content = piece.replace(/\s*\/\s*$/, '');
  if (code === undefined) {
    // Text that a bank broke over lines without a record of its own.
    if (last !== undefined && !last.ended) last.body += ` ${content.trim()}`;
    else records.push({ code: '', body: content.trim(), line, physical: 1, ended });
    return;
  }
  const body = content.replace(RECORD, '');
  if (code !== '88' || last === undefined) {
    records.push({ code, body, line, physical: 1, ended });
    return;
  }
  last.body += CONTINUED + body;
  last.physical += 1;
  last.ended = ended;
}

/** Takes fields one after another; what is left may be text with commas of its own. */
export class Fields {
  private rest: string | undefined;

  constructor(body: string) {
    this.rest = body;
  }

  get isDone(): boolean {
    return this.rest === undefined || this.rest.replaceAll(CONTINUED, '').trim() === '';
  }

  take(): string {
    if (this.rest === undefined) return '';
    const end = this.rest.search(/[,\ue000]/);
    const field = end < 0 ? this.rest : this.rest.slice(0, end);
    this.rest = end < 0 ? undefined : this.rest.slice(end + 1);
    return field.trim();
  }

  /** Everything that is left, a line for each continuation. */
  text(): readonly string[] {
    const lines = (this.rest ?? '').split(CONTINUED).map((line) => line.trim());
    this.rest = undefined;
    return lines.filter((line) => line !== '');
  }
}

/**
 * Takes the funds type and what belongs to it: S tells three amounts by availability, V a value
 * date and time, D a list of days and amounts; 0, 1, 2 and Z nothing more.
 */
export function takeFunds(fields: Fields): { readonly valueDate?: string } {
  const type = fields.take().toUpperCase();
  if (type === 'S') {
    fields.take();
    fields.take();
    fields.take();
  } else if (type === 'V') {
    const valueDate = fields.take();
    fields.take();
    return { valueDate };
  } else if (type === 'D') {
    const pairs = Number(fields.take());
    for (let index = 0; index < pairs && !fields.isDone; index += 1) {
      fields.take();
      fields.take();
    }
  }
  return {};
}
