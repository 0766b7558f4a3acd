import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ecbFileLimitBytes, parseEcbDaily, parseEcbDays } from '../../../src/adapters/rates/ecb.ts';
import { RateDay } from '../../../src/fx/rate-day.ts';

const read = { sha256: 'a'.repeat(64), fetchedAt: '2026-07-01T15:00:00.000Z' };

const file = readFileSync(
  new URL('../../../events/inbound/ecb/2026-06-30.xml', import.meta.url),
  'utf8',
);

const parse = (xml: string): RateDay => parseEcbDaily(xml, read);

const changed = (
  from: string | RegExp,
  to: string | ((match: string, part: string) => string),
): string => {
  const text = file.replace(from, to as string);
  expect(text).not.toBe(file);
  return text;
};

describe('The bundled file', () => {
  it('is a day of 29 rates per euro, with their decimals as published', () => {
    const day = RateDay.parse(parse(file));
    expect(day).toMatchObject({ source: 'ECB', rateDate: '2026-06-30', ...read });
    expect(Object.keys(day.rates)).toHaveLength(29);
    expect(day.rates).toMatchObject({
      USD: '1.1394',
      HUF: '356.30',
      ISK: '144.00',
      IDR: '20398.91',
      KRW: '1767.08',
    });
    expect(day.rates.EUR).toBeUndefined();
  });

  it('names its source and says that it is for information', () => {
    expect(file).toContain('Source: European Central Bank');
    expect(file).toContain('For information only');
  });
});

const twoDays = changed(
  /(<Cube time="2026-06-30">[\s\S]*?<\/Cube>)/,
  (_match, day) => `${day.replace('2026-06-30', '2026-06-29')}${day}`,
);

describe('A file of the same meaning', () => {
  it.each([
    ['in single quotes', file.replace(/(time|currency|rate)="([^"]*)"/g, "$1='$2'")],
    ['with other namespace prefixes', file.replaceAll('gesmes:', 'g:').replaceAll(':gesmes', ':g')],
    ['without a declaration', file.replace(/^<\?xml.*\?>\s*/, '')],
    ['without white space', file.replace(/>\s+</g, '><')],
    ['with a byte order mark', `\uFEFF${file}`],
    ['with a style sheet', file.replace('?>', '?><?xml-stylesheet href="rates.xsl"?>')],
    ['with comments', file.replaceAll('<Cube currency', '<!-- a rate --><Cube currency')],
    ['with elements that are not empty', file.replaceAll('/>', '></Cube>')],
    ['without a sender', file.replace(/<gesmes:Sender>[\s\S]*<\/gesmes:Sender>/, '')],
    [
      'with the attributes the other way round',
      file.replace(/(currency="\w+") (rate="[\d.]+")/g, '$2 $1'),
    ],
    [
      'with a prefix on every element',
      file
        .replaceAll('<Cube', '<e:Cube')
        .replaceAll('</Cube', '</e:Cube')
        .replace('xmlns=', 'xmlns:e='),
    ],
    ['with carriage returns', file.replaceAll('\n', '\r\n')],
  ])('%s gives the same day', (_, xml) => {
    expect(xml).not.toBe(file);
    expect(parse(xml)).toEqual(parse(file));
  });
});

describe('A file is refused', () => {
  it.each<[string, string, string]>([
    ['as not XML when it is empty', '', 'rates.not_xml'],
    ['as not XML when it is a sentence', 'Service unavailable', 'rates.not_xml'],
    ['as not XML when it is JSON', '{"USD": 1.1394}', 'rates.not_xml'],
    ['as not XML when its end is missing', file.slice(0, -20), 'rates.not_xml'],
    ['as not XML when it stops inside a rate', file.slice(0, 1_200), 'rates.not_xml'],
    ['as not XML when text follows', `${file}and more`, 'rates.not_xml'],
    [
      'as not XML when a name would reach into an object',
      '<Envelope><__proto__/></Envelope>',
      'rates.not_xml',
    ],
    [
      'as not XML when it nests without end',
      `${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}`,
      'rates.not_xml',
    ],
    ['for its root', '<rates><Cube/></rates>', 'rates.wrong_root'],
    ['for an empty root', '<Envelope/>', 'rates.wrong_root'],
    ['for a second root', `${file}<more/>`, 'rates.wrong_root'],
    ['without a day', changed(/ time="[^"]*"/, ''), 'rates.no_day'],
    ['without any Cube', '<Envelope><subject>x</subject></Envelope>', 'rates.no_day'],
    ['with empty Cubes', '<Envelope><Cube/><Cube><Cube/></Cube></Envelope>', 'rates.no_day'],
    ['with two days', twoDays, 'rates.several_days'],
    [
      'with one day twice',
      changed(/(<Cube time[\s\S]*?<\/Cube>)/, '$1$1'),
      'rates.date_duplicated',
    ],
    ['of another publisher', changed('European Central Bank</', 'Bank X</'), 'rates.wrong_sender'],
    ['without a currency', changed(/<Cube currency="GBP"[^>]*>/, ''), 'rates.currency_missing'],
    [
      'without rates',
      '<Envelope><Cube><Cube time="2026-06-30"/></Cube></Envelope>',
      'rates.no_rates',
    ],
    ['dated 30 February', changed('time="2026-06-30"', 'time="2026-02-30"'), 'rates.date_invalid'],
    ['dated in month 13', changed('time="2026-06-30"', 'time="2026-13-01"'), 'rates.date_invalid'],
    ['dated in words', changed('time="2026-06-30"', 'time="30 June 2026"'), 'rates.date_invalid'],
    ['without a date', changed('time="2026-06-30"', 'time=""'), 'rates.date_invalid'],
    ['for an unknown currency', changed('"USD"', '"USX"'), 'rates.currency_unknown'],
    ['for gold', changed('"USD"', '"XAU"'), 'rates.currency_unknown'],
    ['for a rate of the euro', changed('"USD"', '"EUR"'), 'rates.currency_unknown'],
    ['for a rate of nothing', changed('currency="USD"', ''), 'rates.currency_unknown'],
    ['for a currency twice', changed('"USD"', '"JPY"'), 'rates.currency_duplicated'],
  ])('%s', (_, xml, code) => {
    expect(() => parse(xml)).toThrow(expect.objectContaining({ name: 'RatesFileError', code }));
  });
});

describe('A rate is refused', () => {
  it.each([
    '0',
    '0.0000',
    '-1.1394',
    '+1.1394',
    '1,1394',
    '1.1394e0',
    'N/A',
    '',
    ' 1.1',
    '01.1',
    '1.',
    '&#49;',
    'Infinity',
    '0x1',
  ])('when it is %p', (rate) => {
    expect(() => parse(changed('"1.1394"', `"${rate}"`))).toThrow(
      expect.objectContaining({
        code: 'rates.rate_invalid',
        message: `Expected a decimal above zero for USD, found ${JSON.stringify(rate)}.`,
      }),
    );
  });

  it('when a currency stands without one', () => {
    expect(() => parse(changed(' rate="1.1394"', ''))).toThrow(
      expect.objectContaining({ code: 'rates.rate_invalid' }),
    );
  });
});

describe('A hostile file is refused', () => {
  it.each(['<!DOCTYPE x [<!ENTITY a "b">]>', '<!doctype html>', '<!ENTITY a "b">'])(
    'with %s',
    (doctype) => {
      expect(() => parse(`${doctype}${file}`)).toThrow(
        expect.objectContaining({ code: 'rates.doctype_refused' }),
      );
    },
  );

  it.each(['&lol;', '&xxe', '&e:x;'])('with a reference to the entity %s', (entity) => {
    expect(() => parse(changed('Reference rates', entity))).toThrow(
      expect.objectContaining({ code: 'rates.entity_refused' }),
    );
  });

  it.each(['&amp;', '&#38;', '&#x26;', '&lt;'])('but not with the character %s', (character) => {
    expect(parse(changed('Reference rates', character)).rateDate).toBe('2026-06-30');
  });

  it('above the size limit, and taken at it', () => {
    const padding = ecbFileLimitBytes - Buffer.byteLength(file);
    expect(parse(file + ' '.repeat(padding)).rateDate).toBe('2026-06-30');
    expect(() => parse(file + ' '.repeat(padding + 1))).toThrow(
      expect.objectContaining({ code: 'rates.file_too_large' }),
    );
  });
});

describe('A file that was damaged on its way', () => {
  const anyDamage = fc.record({
    at: fc.nat(file.length - 1),
    length: fc.nat(60),
    put: fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom('<', '>', '"', '&', '</Cube>', '0', '-', ','),
    ),
  });

  it('is refused with a code, or is a day that fits: it never ends any other way', () => {
    fc.assert(
      fc.property(anyDamage, ({ at, length, put }) => {
        const damaged = file.slice(0, at) + put + file.slice(at + length);
        try {
          const day = RateDay.parse(parse(damaged));
          expect(Object.keys(day.rates).length).toBeGreaterThanOrEqual(29);
        } catch (error) {
          expect(error).toMatchObject({
            name: 'RatesFileError',
            code: expect.stringMatching(/^rates\./),
          });
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused wherever it was cut', () => {
    for (let end = 0; end < file.trimEnd().length; end += 1) {
      expect(() => parse(file.slice(0, end))).toThrow(
        expect.objectContaining({ name: 'RatesFileError' }),
      );
    }
  });
});

describe('A file of many days', () => {
  it('is every day of it, the newest first, whatever their order', () => {
    const days = parseEcbDays(twoDays, read);
    expect(days.map(({ rateDate }) => rateDate)).toEqual(['2026-06-30', '2026-06-29']);
    expect(days[0]).toEqual(parse(file));
  });

  it('may be the daily one', () => {
    expect(parseEcbDays(file, read)).toEqual([parse(file)]);
  });

  it('is refused as a whole for one bad rate in its past', () => {
    expect(() => parseEcbDays(twoDays.replace('"1.1394"', '"-1.1394"'), read)).toThrow(
      expect.objectContaining({ code: 'rates.rate_invalid' }),
    );
  });
});

describe('A whole file', () => {
  const withDate = (date: string) => file.replace('2026-06-30', date);
  const withRate = (currency: string, date: string) =>
    withDate(date).replace('<Cube currency="JPY"', `<Cube currency="${currency}" rate="7.5"/>$&`);

  it('names each currency that it lacks', () => {
    const xml = file.replace(/<Cube currency="(?:GBP|ZAR)"[^>]*>/g, '');
    expect(() => parse(xml)).toThrow(/found none for GBP, ZAR on 2026-06-30/);
  });

  it('may lack what the ECB has announced to stop', () => {
    const xml = file.replace(/<Cube currency="GBP"[^>]*>/, '');
    expect(parseEcbDaily(xml, { ...read, discontinued: ['GBP'] }).rates).not.toHaveProperty('GBP');
  });

  it('may have more than is known', () => {
    expect(parse(withRate('KWD', '2026-06-30')).rates.KWD).toBe('7.5');
  });

  it('of a day before the lev went had a rate for it', () => {
    expect(() => parse(withDate('2025-12-31'))).toThrow(/found none for BGN on 2025-12-31/);
    expect(parse(withRate('BGN', '2025-12-31')).rates.BGN).toBe('7.5');
    expect(parse(withDate('2026-01-02')).rateDate).toBe('2026-01-02');
  });

  it('of a day before 2018 is only asked for what was always there', () => {
    const xml = withDate('2004-03-01').replace(/<Cube currency="(?:TRY|RON|ILS)"[^>]*>/g, '');
    expect(parse(xml).rateDate).toBe('2004-03-01');
    expect(() => parse(xml.replace(/<Cube currency="USD"[^>]*>/, ''))).toThrow(/none for USD/);
  });
});
