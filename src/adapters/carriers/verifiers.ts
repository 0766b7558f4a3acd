import { verify17Track } from './17track/verify.ts';
import { verifyAfterShip } from './aftership/verify.ts';
import { verifyCainiao } from './cainiao/verify.ts';
import { verifyDhl } from './dhl/verify.ts';
import { verifyEasyPostSignature } from './easypost/verify.ts';
import { verifyFedEx } from './fedex/verify.ts';
import { verifyKarrio } from './karrio/verify.ts';
import type { CarrierName } from './readers.ts';
import { verifyShip24 } from './ship24/verify.ts';
import type { KeySet } from './shipengine/keys.ts';
import { shipEngineVerifier } from './shipengine/verify.ts';
import { verifyShippo } from './shippo/verify.ts';
import type { Verifier } from './signature.ts';
import { verifyUps } from './ups/verify.ts';
import { verifyUsps } from './usps/verify.ts';

/** How each carrier's webhooks are verified (docs: carriers, authentication). */
export const carrierVerifiers = (
  shipEngineKeys: KeySet,
): Readonly<Record<CarrierName, Verifier>> => ({
  easypost: verifyEasyPostSignature,
  shippo: verifyShippo,
  aftership: verifyAfterShip,
  '17track': verify17Track,
  ship24: verifyShip24,
  shipengine: shipEngineVerifier(shipEngineKeys),
  fedex: verifyFedEx,
  ups: verifyUps,
  dhl: verifyDhl,
  usps: verifyUsps,
  cainiao: verifyCainiao,
  karrio: verifyKarrio,
});
