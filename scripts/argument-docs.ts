import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

/** What the source of a component says about one argument. */
export interface ArgumentDocs {
  /** In one line; of the argument, else of its type. */
  readonly description: string;
  /** The `@default` tag: a literal as code, or a sentence. */
  readonly whenAbsent?: string;
  /** Addresses of the `@see` tags. */
  readonly sources: readonly string[];
  /** What the argument holds, where that is an interface of the components. */
  readonly members?: Members;
}

/** The members of an interface, by name. */
export type Members = Readonly<Record<string, ArgumentDocs>>;

type Interfaces = ReadonlyMap<string, ts.InterfaceDeclaration>;

const COMPONENTS = join(__dirname, "..", "components");
const FILES = [
  "secure-database/args.ts",
  "database-user/args.ts",
  "csi-secrets-app/args.ts",
  "csi-secrets-app/workload-args.ts",
  "csi-secrets-driver/args.ts",
  "csi-secrets-driver/chart-values.ts",
] as const;

/** Docstrings of the arguments of each component, read from the syntax alone. */
export function argumentDocs(interfaceName: string): Members {
  const interfaces = declaredInterfaces();
  const declaration = interfaces.get(interfaceName);
  if (declaration === undefined) throw new RangeError(`no interface ${interfaceName}`);
  return membersOf(declaration, interfaces);
}

function declaredInterfaces(): Interfaces {
  const interfaces = FILES.map((file) => readFileSync(join(COMPONENTS, file), "utf8"))
    .map((text) => ts.createSourceFile("", text, ts.ScriptTarget.Latest, true))
    .flatMap(({ statements }) => statements.filter(ts.isInterfaceDeclaration));
  return new Map(interfaces.map((declaration) => [declaration.name.text, declaration]));
}

function membersOf(declaration: ts.InterfaceDeclaration, interfaces: Interfaces): Members {
  const inherited = (declaration.heritageClauses ?? [])
    .flatMap(({ types }) => types.map(({ expression }) => interfaces.get(expression.getText())))
    .map((base) => base && membersOf(base, interfaces));
  const own = declaration.members.filter(ts.isPropertySignature).map((member) => {
    const types = member.type ? interfacesIn(member.type, interfaces) : [];
    const [type] = types;
    const docs = docsOf(member);
    return [
      member.name.getText(),
      {
        ...docs,
        description: docs.description || (type ? docsOf(type).description : ""),
        members:
          type &&
          (Object.assign({}, ...types.map((each) => membersOf(each, interfaces))) as Members),
      },
    ] as const;
  });
  return Object.assign({}, ...inherited, Object.fromEntries(own)) as Members;
}

/** `Throttling`, and also what lists, records and unions of it hold. */
function interfacesIn(node: ts.Node, interfaces: Interfaces): readonly ts.InterfaceDeclaration[] {
  const named = ts.isTypeReferenceNode(node) ? interfaces.get(node.typeName.getText()) : undefined;
  if (named !== undefined) return [named];
  const found: ts.InterfaceDeclaration[] = [];
  ts.forEachChild(node, (child) => {
    found.push(...interfacesIn(child, interfaces));
  });
  return found;
}

function docsOf(node: ts.Node): ArgumentDocs {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = (name: string): readonly string[] =>
    ts
      .getJSDocTags(node)
      .filter(({ tagName }) => tagName.text === name)
      .map(({ comment }) => oneLine(comment));
  const [first = "", ...rest] = tags("default").flatMap((text) => text.split(/(?<=\.) (?=[A-Z])/));
  const description = comments.map(({ comment }) => oneLine(comment));
  return {
    description: [...description, ...rest].filter(Boolean).join(" "),
    whenAbsent: first === "" ? undefined : defaultText(first.replace(/\.$/, "")),
    sources: ts.getJSDocTags(node).filter(ts.isJSDocSeeTag).map(addressIn),
  };
}

/** What a `@see` tag names. The parser takes the scheme of an address for a name. */
export const addressIn = (tag: ts.JSDocSeeTag): string =>
  tag.getText().replace(/^@see\s+|[\s*]+$/g, "");

const oneLine = (comment: Parameters<typeof ts.getTextOfJSDocComment>[0]): string =>
  (ts.getTextOfJSDocComment(comment) ?? "").replace(/\s+/g, " ").trim();

/** `"17"`, `- a sentence`, `{ qps: 20 } - why`, or a sentence as it is. */
function defaultText(text: string): string {
  const [, literal = "", sentence = text] = /^(.*?) ?- (.*)$/.exec(text) ?? [];
  const code = /^(".*"|\{.*\}|[\d.]+|true|false)$/.exec(literal || sentence)?.[0];
  if (code === undefined) return sentence;
  const written = code === '""' ? "empty" : `\`${code.replace(/^"(.*)"$/, "$1")}\``;
  return literal === "" ? written : `${written}, ${sentence}`;
}
