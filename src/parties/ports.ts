import type { BankAccount } from '../../events/marketplace/bank-account.v1.ts';
import type { PartyProfile } from '../../events/marketplace/party.v1.ts';

/** Keeps parties' personal data, each encrypted under a key of its own. */
export type PartyVault = {
  /** Keeps the profile under `partyId`; the first one stays if it is put again. */
  put(partyId: string, profile: PartyProfile): Promise<void>;
  /**
   * @throws CodedError `vault.party_missing` if it was never kept or has been erased;
   * `vault.unreadable_party` if it does not open. Neither is retryable.
   */
  get(partyId: string): Promise<PartyProfile>;
};

/** Seals files that name parties, and opens them again; `context` is where a file is kept. */
export type PartySeal = {
  close(context: string, bytes: Uint8Array): Uint8Array;
  /** Undefined where it was sealed for other parties or another context, or was changed. */
  open(context: string, sealed: Uint8Array): Uint8Array | undefined;
};

/** Seals under the keys that the vault has of parties: with one of them erased, nothing opens any more. */
export type PartySeals = {
  /**
   * The seal of these parties together, in whichever order they are named.
   *
   * @throws CodedError as `PartyVault.get` does.
   */
  of(partyIds: readonly string[]): Promise<PartySeal>;
};

/** Keeps sellers' bank accounts; a reference holds one account for ever, a change has another. */
export type BankAccountVault = {
  put(accountReference: string, account: BankAccount): Promise<void>;
  /** @throws CodedError as `PartyVault.get` does. */
  get(accountReference: string): Promise<BankAccount>;
};

/** Who calls the API, and what the key allows. */
export type ApiClient = { readonly marketplaceId: string; readonly scopes: readonly string[] };

/** Finds an API key's owner. Keys are stored hashed; the key itself is never kept. */
export type ApiKeyRegistry = {
  find(apiKey: string): Promise<ApiClient | undefined>;
};

/** A person, and what their groups allow. */
export type Person = ApiClient & { readonly personId: string };

/** Knows people by the tokens that they get where they sign in. */
export type PeopleDirectory = {
  /**
   * Undefined where the token is not of this deployment, is forged or is over.
   *
   * @throws CodedError `sign_in.keys_unavailable`, retryable, where that can't be told now.
   */
  find(token: string): Promise<Person | undefined>;
};
