import type { AssemblyStack, TemplateValue } from './assembly.ts';
import type { NotHosted, ResourceNames } from './model.ts';

/** One resource of a hosted type, with what the template says about it. */
export type HostedResource = {
  readonly type: string;
  readonly stack: AssemblyStack;
  readonly logicalId: string;
  readonly name: string;
  /** What `Ref` answers. */
  readonly ref: string;
  /** The ARN, or an empty text where the type has none. */
  readonly arn: string;
  /** The value of a property with its intrinsics replaced; undefined where it is not set. */
  readonly property: (name: string) => unknown;
  /** The properties as the template spells them. */
  readonly raw: { readonly [name: string]: TemplateValue };
  readonly metadata: { readonly [name: string]: TemplateValue };
};

export type Note = (
  resource: { readonly logicalId: string },
  subject: { readonly type: string; readonly reason: string },
) => void;

export const namesOf = ({ stack, logicalId, name, arn }: HostedResource): ResourceNames => ({
  stackName: stack.stackName,
  logicalId,
  name,
  arn,
});

/** A number that a template may spell as text. */
export const numberOr = <T>(value: unknown, otherwise: T): number | T =>
  value === undefined || value === null ? otherwise : Number(value);

/** Collects what is not hosted, one entry per type and reason. */
export const createNotes = (): { readonly note: Note; readonly list: () => NotHosted[] } => {
  const entries = new Map<string, NotHosted>();
  return {
    note: ({ logicalId }, { type, reason }) => {
      const key = `${type}\n${reason}`;
      const logicalIds = [...(entries.get(key)?.logicalIds ?? []), logicalId];
      entries.set(key, { type, reason, count: logicalIds.length, logicalIds });
    },
    list: () => [...entries.values()].sort((left, right) => left.type.localeCompare(right.type)),
  };
};
