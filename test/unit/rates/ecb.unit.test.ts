import { readFileSync } from 'node:fs';
import { ecbFileLimitBytes, parseEcbDaily } from '../../../src/adapters/rates/ecb.ts';
import { RateDay } from '../../../src/fx/rate-day.ts';

const read = { sha256: 'a'.repeat(64), fetchedAt: '2026-07-01T15:00:00.000Z' };

const file = readFileSync(
  new URL('../../../events/inbound/ecb/2026-06-30.xml', import.meta.url),
  'utf8',
);

const parse = (xml: string): RateDay => parseEcbDaily(xml, read);

const changed = (from: string | RegExp, to: string): string => {
  const text = file.replace(from, to);
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

describe('A file of the same meaning', () => {
  it.each([
    ['in single quotes', file.replace(/(time|currency|rate)="([^"]*)"/g, "$1='$2'")],
    ['with other namespace prefixes', file.replaceAll('gesmes:', 'g:').replaceAll(':gesmes', ':g')],
    ['without a declaration', file.replace(/^<\?xml.*\?>\s*/, '')],
    ['without white space', file.replace(/>\s+</g, '><')],
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
    ['with two days', changed(/(<Cube time[\s\S]*?<\/Cube>)/, '$1$1'), 'rates.several_days'],
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
  it.each(['<!DOCTYPE x [<!ENTITY a "b">]>', '<!doctype html>'])('with %s', (doctype) => {
    expect(() => parse(`${doctype}${file}`)).toThrow(
      expect.objectContaining({ code: 'rates.doctype_refused' }),
    );
  });

  it('above the size limit, and taken at it', () => {
    const padding = ecbFileLimitBytes - Buffer.byteLength(file);
    expect(parse(file + ' '.repeat(padding)).rateDate).toBe('2026-06-30');
    expect(() => parse(file + ' '.repeat(padding + 1))).toThrow(
      expect.objectContaining({ code: 'rates.file_too_large' }),
    );
  });
});
