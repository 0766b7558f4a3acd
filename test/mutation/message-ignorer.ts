import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** As much of Babel's tree as is asked here. */
interface Node {
  readonly node: {
    readonly type: string;
    readonly callee?: { readonly name?: string };
    readonly arguments?: readonly unknown[];
    readonly id?: { readonly name?: string };
  };
  readonly key?: string | number | null;
  readonly listKey?: string | null;
  readonly parentPath?: Node | null;
}

/** What takes a message for people, and as which of its arguments. */
const MESSAGES: Readonly<Record<string, number>> = {
  rejected: 1,
  tooEarly: 1,
  assertInvariant: 2,
  check: 2,
  Error: 0,
};

const REASON = 'A message for people; its code is what is tested.';

/** Leaves messages for people as they are: a test of one would only say it twice (docs/adr/0024). */
const messages = {
  shouldIgnore(path: unknown): string | undefined {
    const { node, key, listKey, parentPath } = path as Node;
    if (key === 'init' && parentPath?.node.id?.name === 'detail') return REASON;
    if (listKey !== 'arguments' || !/^(TemplateLiteral|StringLiteral)$/.test(node.type)) return;
    return MESSAGES[parentPath?.node.callee?.name ?? ''] === key ? REASON : undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'messages', messages)];
