/** What the console reads of the API's answers (docs/api.md); amounts are minor units as strings. */
export type Money = { readonly currency: string; readonly amountMinor: string };

export type BreakStatus = 'open' | 'write_off_proposed' | 'resolved';

export type Break = {
  readonly id: string;
  readonly rec: string;
  readonly kind: string;
  readonly status: BreakStatus;
  readonly difference: Money;
  readonly since: string;
  readonly ageBusinessDays: number;
  readonly age: string;
  readonly assignee?: string;
  readonly explanation?: string;
  readonly proposedBy?: string;
  readonly resolution?: string;
};

export type Item = {
  readonly id: string;
  readonly side: 'left' | 'right';
  readonly status: string;
  readonly date: string;
  readonly amount: Money;
  readonly references: Readonly<Record<string, string>>;
  readonly returned?: string;
  readonly breakId?: string;
  readonly about?: {
    readonly tradeId?: string;
    readonly payoutId?: string;
    readonly statementId?: string;
  };
};

/** An item that a break may be matched with by hand: how likely, out of 100, and why. */
export type Candidate = Item & { readonly score?: number; readonly why?: readonly string[] };

export type BreakEvent = {
  readonly type: string;
  readonly by?: string;
  readonly approvedBy?: string | null;
  readonly reason?: string;
  readonly assignee?: string;
};

export type BreakDetail = Break & {
  readonly items: readonly Item[];
  readonly history: readonly BreakEvent[];
  /** So little of a payment came back that it counts as paid still. */
  readonly tooLittleBack?: { readonly paid: Money; readonly mostKept: Money };
};

export type TrialBalance = {
  readonly asOf: string;
  readonly balanced: boolean;
  readonly accounts: readonly {
    readonly account: string;
    readonly name: string;
    readonly currency: string;
    readonly debitMinor: string;
    readonly creditMinor: string;
    readonly balanceMinor: string;
  }[];
  readonly safeguarding: readonly {
    readonly currency: string;
    readonly coverMinor: string;
    readonly owedMinor: string;
    readonly positionMinor: string;
    readonly shortfallMinor: string;
  }[];
};

export type Entries = {
  readonly debitMinor: string;
  readonly creditMinor: string;
  readonly entries: readonly {
    readonly postingId: string;
    readonly bookedAt: string;
    readonly kind: string;
    readonly amountMinor: string;
    readonly tradeId: string;
  }[];
  readonly next: string | null;
};

export type FileProblem = { readonly severity?: string; readonly detail?: string };

export type StatementFile = {
  readonly fileId: string;
  readonly status: 'received' | 'read' | 'refused';
  readonly statementIds?: readonly string[];
  readonly problems?: readonly FileProblem[];
};

export type Balance = Money & { readonly direction: 'credit' | 'debit' };

export type Statement = {
  readonly id: string;
  readonly receivedAt: string;
  readonly format: string;
  readonly number: string | null;
  readonly account: { readonly id: string } | null;
  readonly currency: string | null;
  readonly opening: Balance | null;
  readonly closing: Balance | null;
  readonly lines: number;
  readonly problems: readonly FileProblem[];
};

/** What has become of a line; null where nothing waits for it. */
export type Matching = {
  readonly lane: string;
  readonly status: string;
  readonly breakId?: string;
} | null;

export type StatementLine = {
  readonly lineId: string | null;
  readonly ordinal: number;
  readonly bookingDate: string | null;
  readonly valueDate: string | null;
  readonly amountMinor: string;
  readonly currency: string;
  readonly direction: 'credit' | 'debit';
  readonly pending: boolean;
  readonly description?: string;
  readonly references: Readonly<Record<string, string>>;
  readonly remittance: {
    readonly structured: readonly string[];
    readonly unstructured: readonly string[];
  };
  readonly counterparty?: { readonly name?: string };
  readonly matching: Matching;
};

export type StatementDetail = Statement & {
  readonly page: number;
  readonly pages: number;
  readonly data: readonly StatementLine[];
};

export type PeriodStatus = 'open' | 'soft_closed' | 'locked';

export type Check = {
  readonly name: string;
  readonly status: 'green' | 'itemized' | 'red';
  readonly detail: string;
  readonly items: readonly Readonly<Record<string, unknown>>[];
};

export type Period = { readonly period: string; readonly status: PeriodStatus };

export type PeriodDetail = Period & {
  readonly checks: readonly Check[];
  readonly proposedBy?: string | null;
  readonly snapshot?: { readonly snapshotSha256: string };
};

export type Batch = {
  readonly id: string;
  readonly status: 'open' | 'closed';
  readonly payments: number;
  readonly controlSum: Money;
  readonly closesAt: string;
  readonly executionDate?: string;
};

export type BatchPayment = {
  readonly payoutId: string;
  readonly tradeId: string;
  readonly attempt: number;
  readonly endToEndId: string;
  readonly uetr: string;
  readonly amount: Money;
  readonly status: string;
  /** Why it failed or came back. */
  readonly reason?: string;
  /** What one person says of the bank; another has not approved it. */
  readonly refusal?: {
    readonly code: string;
    readonly by: string;
    readonly accountAtFault: boolean;
  };
};

export type BatchDetail = Omit<Batch, 'payments'> & {
  readonly closedAt?: string;
  readonly payments: readonly BatchPayment[];
};
