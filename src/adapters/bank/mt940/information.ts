import type { LineDetail } from '../../../../events/bank/bank-statement.v1.ts';
import { defined } from '../reading.ts';
import { sepaTags, slashTags } from './tags.ts';

export type Information = Pick<
  LineDetail,
  'references' | 'remittance' | 'counterparty' | 'returnReason'
> & {
  /** The German business transaction code (GVC), where there is one. */
  readonly code?: string;
  readonly bookingText?: string;
};

/** SWIFT breaks field 86 after this many characters, in the middle of words. */
const FULL_LINE = 65;

/** `166?00…?20…`: an optional code, and subfields of two digits behind one separating character. */
const STRUCTURED = /^\s*(\d{3})?([?>@^~])(?=\d{2})/;

/** Field 86, in whichever way the bank structures it. */
export function readInformation(lines: readonly string[]): Information {
  const joined = joinLines(lines);
  const structured = STRUCTURED.exec(joined);
  if (structured !== null) return readSubfields(lines.join(''), structured);
  const slashes = slashTags(joined);
  return slashes === undefined ? readFree(joined) : readTags(slashes);
}

/** Lines that are full run on; others end in a space that the bank meant. */
function joinLines(lines: readonly string[]): string {
  return lines.reduce(
    (text, line, index) =>
      index === 0 || (lines[index - 1] ?? '').length >= FULL_LINE
        ? text + line
        : `${text}\n${line}`,
    '',
  );
}

const GERMAN_CODE = /^(\d{3})(?=PN)/;

function readFree(joined: string): Information {
  const text = joined.trim();
  const code = GERMAN_CODE.exec(text)?.[1];
  const unstructured = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return { ...described(sepaTags(text) ?? {}, unstructured), ...defined({ code }) };
}

const RETURN_CODES = new Set(['108', '109', '159', '181', '182', '183', '184']);

function readSubfields(text: string, [, code, separator = '?']: RegExpExecArray): Information {
  const fields = new Map<string, string>();
  for (const part of text.split(separator).slice(1)) {
    const key = part.slice(0, 2);
    if (/^\d{2}$/.test(key)) fields.set(key, (fields.get(key) ?? '') + part.slice(2));
  }
  const valuesOf = (from: number, to: number): readonly string[] =>
    [...fields]
      .filter(([key]) => Number(key) >= from && Number(key) <= to)
      .sort(([left], [right]) => Number(left) - Number(right))
      .map(([, value]) => value);
  const purpose = [...valuesOf(20, 29), ...valuesOf(60, 63)];
  const tags = sepaTags(purpose.join(''));
  const free = tags?.['SVWZ'] ?? tags?.[''] ?? tags?.['MTLG'];
  const unstructured = tags === undefined ? purpose : free === undefined ? [] : [free];
  const name = valuesOf(32, 33).join('').trim();
  return {
    ...described(
      {
        ...tags,
        ...defined({
          NAME: name === '' ? tags?.['ABWA'] : name,
          IBAN: fields.get('38') ?? fields.get('31') ?? tags?.['IBAN'],
          BIC: fields.get('30') ?? tags?.['BIC'],
        }),
      },
      unstructured.map((value) => value.trim()).filter((value) => value !== ''),
    ),
    ...defined({
      code,
      bookingText: fields.get('00')?.trim(),
      returnReason: RETURN_CODES.has(code ?? '') ? fields.get('34')?.trim() : undefined,
    }),
  };
}

function readTags(tags: Readonly<Record<string, string>>): Information {
  // `USTD//text` and `STRD/CUR/reference` tell which kind of remittance it is.
  const remittance = tags['REMI']?.replace(/^(?:USTD\/\/|STRD\/(?:CUR|ISO)?\/)/, '').trim();
  return described(
    { ...tags, ...defined({ NAME: tags['NAME'] ?? tags['ORDP'] ?? tags['BENM'] }) },
    remittance === undefined || remittance === '' ? [] : [remittance],
  );
}

const absent = /^(?:NOT ?PROVIDED|NONREF|)$/i;

const value = (text: string | undefined): string | undefined => {
  const trimmed = text?.replaceAll('\n', ' ').trim();
  return trimmed === undefined || absent.test(trimmed) ? undefined : trimmed;
};

/** Creditor references: ISO 11649, or the Swiss QR reference. */
const STRUCTURED_REFERENCE = /\b(?:RF\d{2}[A-Z0-9]{1,21}|\d{27})\b/g;

function described(
  tags: Readonly<Record<string, string>>,
  unstructured: readonly string[],
): Information {
  const structured = unstructured.join(' ').match(STRUCTURED_REFERENCE) ?? [];
  const counterparty = defined({
    name: value(tags['NAME']),
    account: value(tags['IBAN'])?.replaceAll(' ', ''),
    bic: value(tags['BIC'])?.replaceAll(' ', ''),
  });
  return {
    references: defined({
      endToEndId: value(tags['EREF']),
      customerReference: value(tags['KREF']),
      paymentInformationId: value(tags['PREF']),
      mandateId: value(tags['MREF'] ?? tags['MARF']),
      uetr: value(tags['UETR'])?.toLowerCase(),
    }),
    remittance: { structured: [...structured], unstructured: [...unstructured] },
    ...defined({
      counterparty: Object.keys(counterparty).length === 0 ? undefined : counterparty,
      returnReason: value(tags['RTRN'] ?? tags['RREF']),
    }),
  };
}

/** StarMoney's field NS: lines of two digits and text, 01 to 14 the purpose, 15 and 16 the name. */
export function readStarMoney(lines: readonly string[]): Information {
  const parts = lines.map((line) => [Number(line.slice(0, 2)), line.slice(2).trim()] as const);
  const texts = (from: number, to: number): string[] =>
    parts.filter(([key, text]) => key >= from && key <= to && text !== '').map(([, text]) => text);
  return {
    ...described(defined({ NAME: texts(15, 16).join(' ') }), texts(1, 14)),
    ...defined({ bookingText: texts(17, 17).join(' ') }),
  };
}
