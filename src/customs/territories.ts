/**
 * Customs territories of more than one country or territory, by the one that stands for them:
 * Regulation (EU) 952/2013 Art. 4, 19 CFR 101.1, the customs unions of Switzerland with Liechtenstein
 * and of the United Kingdom with the Crown Dependencies.
 */
const TERRITORIES: Readonly<Record<string, string>> = {
  EU:
    'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK ' +
    'AX GF GP MC MF MQ RE YT',
  US: 'US PR',
  CH: 'CH LI',
  GB: 'GB GG IM JE',
};

const territoryOfCountry: ReadonlyMap<string, string> = new Map(
  Object.entries(TERRITORIES).flatMap(([territory, countries]) =>
    countries.split(' ').map((country) => [country, territory] as const),
  ),
);

/**
 * The customs territory that a country belongs to: `EU`, or the ISO code of the country that stands
 * for it. Within one there is no import, no duty and no declaration.
 *
 * @example customsTerritoryOf('DE') // 'EU'
 */
export const customsTerritoryOf = (country: string): string =>
  territoryOfCountry.get(country) ?? country;

export const crossesCustomsBorder = (from: string, to: string): boolean =>
  customsTerritoryOf(from) !== customsTerritoryOf(to);
