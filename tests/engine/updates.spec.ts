import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import { format, resolveConfig } from "prettier";
import { openAuthority } from "../../local/database/authority";
import {
  asPulumiFn,
  inSandbox,
  type Program,
  type Step,
  shortName,
  stepsInto,
  terseCli,
} from "./support/harness";
import { chainOf, type Overrides } from "./support/program";
import {
  APP_CHANGES,
  type Change,
  DATABASE_CHANGES,
  DRIVER_CHANGES,
  USER_CHANGES,
} from "./support/update-cases";

const TABLE = path.resolve(__dirname, "../../docs/updates.md");

const COMPONENTS = {
  SecureDatabase: { part: "database", changes: DATABASE_CHANGES },
  DatabaseUser: { part: "user", changes: USER_CHANGES },
  CsiSecretsDriver: { part: "driver", changes: DRIVER_CHANGES },
  CsiSecretsApp: { part: "app", changes: APP_CHANGES },
} as const;

describe("changing an argument of a component", () => {
  it("does what docs/updates.md says", async () => {
    const sections: string[] = [];
    await inSandbox(async ({ open, folder }) => {
      const { stack } = await open(chainOf(), { cli: await terseCli() });
      const { certificate } = await openAuthority(folder);
      const standing = new LocalStack(stack);
      for (const [component, { part, changes }] of Object.entries(COMPONENTS)) {
        const rows: string[] = [];
        for (const [argument, change] of Object.entries(changes) as [string, Change<object>][]) {
          const { from = {}, to, also = {} } = inFull(argument, change, certificate);
          await standing.bring({ [part]: from });
          for (const [what, changed] of Object.entries({ "": to, ...also })) {
            const effect = await effectOf(stack, chainOf({ [part]: { ...from, ...changed } }));
            rows.push(row(what === "" ? `\`${argument}\`` : `\`${argument}\`, ${what}`, effect));
          }
        }
        rows.push("| `transform` | what it changes, as if the component did | | |");
        sections.push(section(component, rows));
      }
    });
    const table = await format(document(sections), {
      ...(await resolveConfig(TABLE)),
      filepath: TABLE,
    });
    if (process.env.UPDATE_DOCS !== undefined) fs.writeFileSync(TABLE, table);
    assert.equal(fs.readFileSync(TABLE, "utf8"), table);
  });
});

const row = (what: string, { updated, replaced, other }: Effect): string =>
  `| ${what} | ${updated} | ${replaced} | ${other} |`;

/** A certificate cannot stand in a file: it is made for the run. */
function inFull(argument: string, change: Change<object>, caBundle: string): Change<object> {
  return argument === "caBundle" ? { ...change, to: { caBundle } } : change;
}

/** The stack as it stands; most changes start from the same, which then need not be made again. */
class LocalStack {
  readonly #stack: Stack;
  #now: string | undefined;

  constructor(stack: Stack) {
    this.#stack = stack;
  }

  async bring(overrides: Overrides): Promise<void> {
    const wanted = JSON.stringify(
      Object.entries(overrides).filter(([part, args]) => part === "user" || !isEmpty(args)),
    );
    if (this.#now === wanted) return;
    await this.#stack.up({ program: asPulumiFn(chainOf(overrides)) });
    this.#now = wanted;
  }
}

const isEmpty = (part: object): boolean => Object.keys(part).length === 0;

/** Cells of a row. */
interface Effect {
  readonly updated: string;
  readonly replaced: string;
  readonly other: string;
}

async function effectOf(stack: Stack, changed: Program): Promise<Effect> {
  const steps: Step[] = [];
  await stack.preview({ program: asPulumiFn(changed), onEvent: stepsInto(steps) });
  const named = (...operations: readonly string[]): readonly string[] => [
    ...new Set(
      steps
        .filter(({ operation, urn }) => operations.includes(operation) && !isStack(urn))
        .map(({ urn }) => shortName(urn)),
    ),
  ];
  const replaced = named("replace");
  const made = named("create").map((name) => `new: ${name}`);
  const gone = named("delete").map((name) => `gone: ${name}`);
  return {
    updated: cell(named("update")),
    replaced: cell(replaced),
    other: cell([...made, ...gone]),
  };
}

const isStack = (urn: string): boolean => urn.includes("pulumi:pulumi:Stack::");

const cell = (names: readonly string[]): string =>
  names.length === 0 ? "" : [...names].sort().join("<br>");

function section(component: string, rows: readonly string[]): string {
  return [
    `## ${component}`,
    "",
    "| argument | updated in place | replaced | made or removed |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

const document = (sections: readonly string[]): string =>
  [
    "# What a change does",
    "",
    "For each argument of the components: what `pulumi up` does when it changes, everything else staying",
    "the same. `tests/engine/updates.spec.ts` makes this table with the real Pulumi engine on the local",
    "cloud and fails where it is out of date (`UPDATE_DOCS=1 npm run test:engine` writes it anew).",
    "",
    "**Replaced** means that the thing is made anew: for `Instance`, the data of the database is gone",
    'unless it is restored from a snapshot. A database with `lifecycle: "protected"` refuses such a',
    "change at preview. The names are those of a database `orders`, a user of it `orders-user`, a driver",
    "`secrets` and an app `orders-api`. Where `orders-user-reconcile` is replaced, the function is called,",
    "and roles, rights and credentials are made as the new arguments say.",
    "",
    ...sections,
    "",
    "## The cluster of the program",
    "",
    "A node group is **replaced** by another `instanceType`, `instanceTypes` or `capacityType`, and once by the",
    "first launch template (nodes that an earlier version made have none): the new group is made first, then the",
    "pods move within their disruption budgets, and a single pod is interrupted. `metadataHopLimit` changes the",
    "launch template in place, and EKS then replaces the nodes one by one; so do `tags`. `labels` and `taints`",
    "change the group in place. Another name under `nodeGroups` is another group.",
    "",
  ].join("\n");
