/** Carriers that others spell otherwise than by their words alone. */
const SPELLINGS: readonly (readonly [pattern: RegExp, token: string])[] = [
  [/^ups/i, 'ups'],
  [/^usps/i, 'usps'],
  [/^fedex/i, 'fedex'],
  [/^dhl[\s_-]?express/i, 'dhl_express'],
  [/^dhl[\s_-]?e-?commerce/i, 'dhl_ecommerce'],
];

/**
 * A carrier as Shippo spells it where a parcel is tracked, from how it or another provider spells it
 * elsewhere: `DHL Express`, `DHLExpress` and `DHL_Express` are `dhl_express`.
 *
 * @example shippoCarrierName('CanadaPost') // 'canada_post'
 */
export const shippoCarrierName = (name: string): string =>
  SPELLINGS.find(([pattern]) => pattern.test(name))?.[1] ??
  name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toLowerCase();
