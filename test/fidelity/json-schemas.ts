import { basename } from 'node:path';
import { getLibFiles, ts } from '@ts-morph/common';

/** JSON Schema, as far as types can be said in it. */
export type Schema = { readonly [keyword: string]: unknown };

/** Schemas of named types, with everything that they refer to. */
export type SchemaSet = {
  readonly roots: Record<string, Schema>;
  readonly $defs: Record<string, Schema>;
};

const ROOT_FILE = 'roots.ts';

/**
 * Reads types out of the pinned SDK's own declarations and says them as JSON Schemas, in which a
 * field that the types don't know is an error. Where an enumeration is open (`| OtherString`) only
 * the values that are written down pass: the sandbox is to use no others.
 *
 * @param roots a name for each type expression, such as `{ Transfer: 'Stripe.Transfer' }`.
 * @throws Error where an expression names no type.
 */
export function generateSchemas(
  roots: Readonly<Record<string, string>>,
  directory: string,
): SchemaSet {
  const source = [
    "import type { Stripe } from 'stripe';",
    ...Object.entries(roots).map(
      ([name, type]) =>
        `export type ${JSON.stringify(name).slice(1, -1).replaceAll(/\W/g, '_')} = ${type};`,
    ),
  ].join('\n');
  const { checker, file } = compile(source, directory);
  const writer = createWriter(checker, file);
  const aliases = file.statements.filter(ts.isTypeAliasDeclaration);
  const written = Object.keys(roots).map((name, index) => {
    const type = checker.getTypeAtLocation(aliases[index] as ts.TypeAliasDeclaration);
    if (type.flags & ts.TypeFlags.Any) throw new Error(`${roots[name]} is no type of the SDK's.`);
    return [name, writer.schemaOf(type)] as const;
  });
  return { roots: Object.fromEntries(written), $defs: writer.defs };
}

function compile(source: string, directory: string) {
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
  };
  const path = `${directory}/${ROOT_FILE}`;
  // The compiler comes without its library on disk; the package has it in memory.
  const libraries = new Map(getLibFiles().map(({ fileName, text }) => [fileName, text]));
  const textOf = (name: string) => (name === path ? source : libraries.get(basename(name)));
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => textOf(name) !== undefined || fileExists(name);
  host.getSourceFile = (name, how, ...rest) => {
    const text = textOf(name);
    return text === undefined
      ? getSourceFile(name, how, ...rest)
      : ts.createSourceFile(name, text, how);
  };
  const program = ts.createProgram([path], options, host);
  const file = program.getSourceFile(path);
  if (!file) throw new Error('The file of roots was not read.');
  return { checker: program.getTypeChecker(), file };
}

type Writer = { schemaOf(type: ts.Type): Schema; readonly defs: Record<string, Schema> };

function createWriter(checker: ts.TypeChecker, file: ts.SourceFile): Writer {
  const defs: Record<string, Schema> = {};
  const names = new Map<ts.Type, string>();

  const schemaOf = (type: ts.Type): Schema => {
    if (type.isUnion()) return unionOf(type);
    if (isOpenString(type)) return { type: 'string' };
    const simple = simpleSchema(checker, type);
    if (simple) return simple;
    const elements = checker.isArrayType(type)
      ? checker.getTypeArguments(type as ts.TypeReference)
      : [];
    if (elements[0]) return { type: 'array', items: schemaOf(elements[0]) };
    return referTo(type);
  };

  const unionOf = (type: ts.UnionType): Schema => {
    const members = type.types.filter((each) => !isAbsent(each));
    const literals = members.filter((each) => each.isStringLiteral() || each.isNumberLiteral());
    // An open enumeration is its written values here.
    const others = members.filter(
      (each) => !literals.includes(each as never) && !(literals.length > 0 && isOpenString(each)),
    );
    const values = literals.map((each) => (each as ts.LiteralType).value);
    const isFlag = others.filter((each) => each.flags & ts.TypeFlags.BooleanLiteral).length === 2;
    const choices = [
      ...(isFlag ? [{ type: 'boolean' }] : []),
      ...(values.length > 0 ? [{ enum: values }] : []),
      ...uniqueSchemas(
        others
          .filter((each) => !isFlag || !(each.flags & ts.TypeFlags.BooleanLiteral))
          .map(schemaOf),
      ),
    ];
    return choices.length === 1 ? (choices[0] as Schema) : { anyOf: choices };
  };

  const referTo = (type: ts.Type): Schema => {
    const known = names.get(type);
    if (known !== undefined) return { $ref: `#/$defs/${known}` };
    const name = `${type.symbol?.name ?? 'anonymous'}_${names.size}`.replaceAll(/\W/g, '');
    names.set(type, name);
    defs[name] = {};
    defs[name] = objectOf(type);
    return { $ref: `#/$defs/${name}` };
  };

  const objectOf = (type: ts.Type): Schema => {
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const property of checker.getPropertiesOfType(type)) {
      const own = checker.getTypeOfSymbolAtLocation(property, file);
      if (own.getCallSignatures().length > 0) continue;
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      if (isAbsent(own)) continue;
      properties[property.name] = schemaOf(own);
      if (!optional) required.push(property.name);
    }
    return {
      type: 'object',
      properties,
      required,
      additionalProperties: index ? schemaOf(index) : false,
    };
  };

  return { schemaOf, defs };
}

function uniqueSchemas(schemas: readonly Schema[]): Schema[] {
  const seen = new Map(schemas.map((schema) => [JSON.stringify(schema), schema]));
  return [...seen.values()];
}

const isAbsent = (type: ts.Type): boolean =>
  (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Never)) !== 0;

/** `string & Record<never, never>`: any text, beside the values that are written down. */
const isOpenString = (type: ts.Type): boolean =>
  type.isIntersection() && type.types.some((each) => (each.flags & ts.TypeFlags.String) !== 0);

function simpleSchema(checker: ts.TypeChecker, type: ts.Type): Schema | undefined {
  const { flags } = type;
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
  if (flags & ts.TypeFlags.Null) return { type: 'null' };
  if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
  if (flags & ts.TypeFlags.BooleanLiteral) {
    return { const: checker.typeToString(type) === 'true' };
  }
  if (flags & ts.TypeFlags.String) return { type: 'string' };
  if (flags & ts.TypeFlags.Number) return { type: 'number' };
  if (flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
  // The SDK makes an object of a decimal that is text on the wire.
  if (type.aliasSymbol?.name === 'Decimal') {
    return { type: 'string', pattern: String.raw`^-?\d+(\.\d+)?$` };
  }
  return undefined;
}
