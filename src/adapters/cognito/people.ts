import { CognitoJwtVerifier } from 'aws-jwt-verify';
import {
  FetchError,
  JwksValidationError,
  JwkValidationError,
  JwtBaseError,
  WaitPeriodNotYetEndedJwkError,
} from 'aws-jwt-verify/error';
import { type JwksCache, SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { personOf } from '../../parties/person.ts';
import type { PeopleDirectory } from '../../parties/ports.ts';
import { CodedError } from '../../platform/errors.ts';

export type CognitoPeopleOptions = {
  readonly userPoolId: string;
  /** The client that people sign in through: a token for another is refused. */
  readonly clientId: string;
  /** Whose people they are. */
  readonly marketplaceId: string;
  /** Where the pool's public keys are kept; by default in memory, asked for when they are needed. */
  readonly jwksCache?: JwksCache;
};

/**
 * The people of a Cognito user pool, by their access tokens: signed by the pool, for this client, not
 * over. An ID token is not taken, because it is for the page and not for the API.
 */
export const cognitoPeople = ({
  userPoolId,
  clientId,
  marketplaceId,
  jwksCache = new SimpleJwksCache(),
}: CognitoPeopleOptions): PeopleDirectory => {
  const verifier = CognitoJwtVerifier.create(
    { userPoolId, clientId, tokenUse: 'access', graceSeconds: 0 },
    { jwksCache },
  );
  return {
    find: async (token) => {
      try {
        const { sub: subject, 'cognito:groups': groups = [] } = await verifier.verify(token);
        return personOf({ subject, groups }, marketplaceId);
      } catch (error) {
        if (isNotKnowable(error)) throw unavailable(error);
        if (error instanceof JwtBaseError) return undefined;
        throw error;
      }
    },
  };
};

/** The pool's keys could not be had or read, or were asked for a moment ago because of a key that it lacks. */
const isNotKnowable = (error: unknown): boolean =>
  error instanceof FetchError ||
  error instanceof JwksValidationError ||
  error instanceof JwkValidationError ||
  error instanceof WaitPeriodNotYetEndedJwkError;

const unavailable = (cause: unknown): CodedError =>
  new CodedError({
    code: 'sign_in.keys_unavailable',
    message: 'The keys of the user pool can’t be had',
    retryable: true,
    cause,
  });
