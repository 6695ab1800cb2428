import * as path from "node:path";
import * as ts from "typescript";
import { addressIn } from "./argument-docs";

/**
 * The types that the analyzer of Pulumi's SDK makes a schema of, written from the components' own:
 * what it refuses (`readonly T[]`, unions of literals, aliases) in the form that it takes, the block tags
 * that it drops as sentences, and in place of an argument its other form from `components/plugin/face.ts`.
 */
export interface Face {
  /** One module of TypeScript. */
  readonly text: string;
  /** Descriptions of components, types and enums, which the analyzer drops as well. */
  readonly descriptions: ReadonlyMap<string, string>;
}

/** What is not sayable elsewhere: component → names of arguments and outputs. */
export type Omitted = Readonly<Record<string, Readonly<Record<string, string>>>>;

const HEADER = `import type * as aws from "@pulumi/aws";
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
`;

export function faceOf(components: string, names: readonly string[], omitted: Omitted): Face {
  return new FaceWriter(components, omitted).write(names);
}

class FaceWriter {
  private readonly program: ts.Program;
  private readonly checker: ts.TypeChecker;
  private readonly declared = new Map<string, string>();
  private readonly descriptions = new Map<string, string>();

  constructor(
    private readonly components: string,
    private readonly omitted: Omitted,
  ) {
    const config = ts.getParsedCommandLineOfConfigFile(
      path.join(components, "../tsconfig.json"),
      { noEmit: true },
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
    );
    const roots = ["index.ts", "plugin/face.ts"].map((file) => path.join(components, file));
    this.program = ts.createProgram(roots, config?.options ?? {});
    this.checker = this.program.getTypeChecker();
  }

  write(names: readonly string[]): Face {
    const classes = names.map((name) => this.component(name));
    return {
      text: [HEADER, ...this.declared.values(), ...classes].join("\n"),
      descriptions: this.descriptions,
    };
  }

  private component(name: string): string {
    const declaration = this.exported("index.ts", name).declarations?.find(ts.isClassDeclaration);
    if (declaration === undefined) throw new Error(`index.ts exports no class '${name}'`);
    this.describe(name, declaration);
    const args = this.members(
      [...this.checker.getTypeAtLocation(this.argsOf(declaration)).getProperties()],
      this.different("DifferentArguments", name),
      name,
    );
    const outputs = this.members(
      declaration.members
        .filter(ts.isPropertyDeclaration)
        .filter((member) => ts.getCombinedModifierFlags(member) === ts.ModifierFlags.Readonly)
        .map((member) => this.checker.getSymbolAtLocation(member.name))
        .filter((symbol) => symbol !== undefined),
      this.different("DifferentOutputs", name),
      name,
    );
    return `export interface ${name}Args {\n${args}}
export declare class ${name} extends pulumi.ComponentResource {
${outputs}  constructor(name: string, args: ${name}Args, opts?: pulumi.ComponentResourceOptions);
}
`;
  }

  private argsOf(declaration: ts.ClassDeclaration): ts.TypeNode {
    const parameters = declaration.members.find(ts.isConstructorDeclaration)?.parameters;
    const type = parameters?.find((parameter) => parameter.name.getText() === "args")?.type;
    if (type === undefined) throw new Error(`${declaration.name?.text} takes no 'args'`);
    return type;
  }

  private members(
    own: readonly ts.Symbol[],
    different: ReadonlyMap<string, ts.Symbol>,
    component: string,
  ): string {
    return own
      .filter(({ name }) => this.omitted[component]?.[name] === undefined)
      .map((symbol) => this.member(different.get(symbol.name) ?? symbol, component))
      .join("");
  }

  private member(symbol: ts.Symbol, owner: string): string {
    const node = symbol.valueDeclaration;
    if (node === undefined || !(ts.isPropertySignature(node) || ts.isPropertyDeclaration(node))) {
      throw new Error(`${owner}.${symbol.name} is not a property`);
    }
    const context = owner + symbol.name.replace(/^./, (letter) => letter.toUpperCase());
    if (node.type === undefined) throw new Error(`${owner}.${symbol.name} needs a type of its own`);
    const { type, optional } = withoutUndefined(node.type);
    const mark = optional || node.questionToken !== undefined ? "?" : "";
    return `${comment(descriptionOf(node))}  ${symbol.name}${mark}: ${this.type(type, context)};\n`;
  }

  /** A type in the form that the analyzer takes; what it refuses in every form is left to it to refuse. */
  private type(node: ts.TypeNode, context: string): string {
    if (ts.isParenthesizedTypeNode(node)) return this.type(node.type, context);
    if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) {
      return this.type(node.type, context);
    }
    if (ts.isArrayTypeNode(node)) return `${this.type(node.elementType, context)}[]`;
    if (ts.isUnionTypeNode(node) && node.types.every(isStringLiteral)) {
      return this.enumeration(context, node);
    }
    if (ts.isTypeReferenceNode(node)) return this.reference(node, context);
    return node.getText();
  }

  private reference(node: ts.TypeReferenceNode, context: string): string {
    const written = node.typeName.getText();
    const args = (node.typeArguments ?? []).map((type) => this.type(type, context));
    if (written === "Readonly" && args[0] !== undefined) return args[0];
    const [declaration] = this.resolved(node.typeName).declarations ?? [];
    const isOwn = declaration?.getSourceFile().fileName.startsWith(`${this.components}/`);
    if (isOwn && declaration && ts.isTypeAliasDeclaration(declaration)) {
      const text = this.type(declaration.type, written);
      this.describe(written, declaration);
      return text;
    }
    if (isOwn && declaration && ts.isInterfaceDeclaration(declaration)) {
      this.interface(written, declaration);
      return written;
    }
    return args.length === 0 ? written : `${written}<${args.join(", ")}>`;
  }

  private interface(name: string, declaration: ts.InterfaceDeclaration): void {
    if (this.declared.has(name)) return;
    this.declared.set(name, "");
    this.describe(name, declaration);
    const properties = this.checker.getTypeAtLocation(declaration).getProperties();
    const different = this.different("DifferentArguments", name);
    const members = this.members(properties, different, name);
    this.declared.set(name, `export interface ${name} {\n${members}}\n`);
  }

  private enumeration(name: string, { types }: ts.UnionTypeNode): string {
    const values = types.filter(isStringLiteral).map(({ literal }) => literal.text);
    const members = values.map((value) => `  ${camelCase(value)} = ${JSON.stringify(value)},\n`);
    this.declared.set(name, `export enum ${name} {\n${members.join("")}}\n`);
    return name;
  }

  private different(table: string, component: string): ReadonlyMap<string, ts.Symbol> {
    const type = this.checker.getDeclaredTypeOfSymbol(this.exported("plugin/face.ts", table));
    const entry = type.getProperty(component);
    const properties = entry ? this.checker.getTypeOfSymbol(entry).getProperties() : [];
    return new Map(properties.map((property) => [property.name, property]));
  }

  private exported(file: string, name: string): ts.Symbol {
    const source = this.program.getSourceFile(path.join(this.components, file));
    const module = source && this.checker.getSymbolAtLocation(source);
    const found = module?.exports?.get(ts.escapeLeadingUnderscores(name));
    if (found === undefined) throw new Error(`${file} exports no '${name}'`);
    return this.aliased(found);
  }

  private resolved(name: ts.EntityName): ts.Symbol {
    const symbol = this.checker.getSymbolAtLocation(name);
    if (symbol === undefined) throw new Error(`${name.getText()} is not declared`);
    return this.aliased(symbol);
  }

  private readonly aliased = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;

  private describe(name: string, node: ts.Node): void {
    const description = descriptionOf(node);
    if (description !== "") this.descriptions.set(name, description);
  }
}

type StringLiteral = ts.LiteralTypeNode & { readonly literal: ts.StringLiteral };

const isStringLiteral = (node: ts.TypeNode): node is StringLiteral =>
  ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal);

/** What may be `undefined` is optional elsewhere. */
function withoutUndefined(type: ts.TypeNode): { type: ts.TypeNode; optional: boolean } {
  if (!ts.isUnionTypeNode(type)) return { type, optional: false };
  const [first, ...more] = type.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
  const optional = more.length + 1 < type.types.length;
  return first !== undefined && optional && more.length === 0
    ? { type: first, optional }
    : { type, optional: false };
}

const camelCase = (value: string): string =>
  value.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase());

/** The documentation of a declaration: its text without examples in TypeScript, default and links as sentences. */
function descriptionOf(node: ts.Node): string {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = docs.map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? "").join("\n");
  const tags = ts.getJSDocTags(node).flatMap((tag) => {
    const said = (ts.getTextOfJSDocComment(tag.comment) ?? "").trim();
    if (tag.tagName.text === "default") return [`Default: ${said.replace(/^- /, "")}.`];
    if (ts.isJSDocSeeTag(tag)) return [`See ${addressIn(tag)}`];
    return [];
  });
  return [text.replace(/```ts\n[^]*?```\n?/g, "").trim(), ...tags].filter(Boolean).join("\n\n");
}

const comment = (description: string): string =>
  description === ""
    ? ""
    : `  /**\n${description
        .replaceAll("*/", "*\\/")
        .split("\n")
        .map((line) => `   * ${line}\n`)
        .join("")}   */\n`;
