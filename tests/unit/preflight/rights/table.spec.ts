import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FUNCTIONS, type Grant, TYPES } from "../../../../preflight/rights/table";
import { RESOURCES } from "../../../../preflight/simulation/models";

/**
 * What AWS's service authorization reference said of each action of the table, as the PyPI package
 * ol-parliament 1.7.0 (BSD-3-Clause, May 2026) has copied it: its access level, the
 * types of resources that it can be narrowed to (with a `*` those that it must be allowed on), and how their
 * ARNs end.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const REFERENCE = JSON.parse(
  readFileSync(join(__dirname, "service-authorization.json"), "utf8"),
) as {
  readonly actions: Readonly<
    Record<string, { readonly level: string; readonly resources: readonly string[] } | undefined>
  >;
  readonly arns: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
};

interface Use {
  readonly type: string;
  readonly grant: Grant;
  readonly action: string;
  readonly isRead: boolean;
}

const USES: readonly Use[] = Object.entries({ ...TYPES, ...FUNCTIONS }).flatMap(([type, row]) =>
  row.flatMap((grant) =>
    [grant.write, grant.read].flatMap((actions) => {
      const [service = "", ...names] = (actions ?? "").split(/:? /);
      const isRead = actions === grant.read;
      return names.map((name) => ({ type, grant, isRead, action: `${service}:${name}` }));
    }),
  ),
);

const where = ({ type, action }: Use): string => `${action} of ${type}`;

/** Whether a template of the table makes ARNs of a type of resource of the reference. */
function makes(template: string, service: string, resourceType: string): boolean {
  const format = REFERENCE.arns[service]?.[resourceType];
  const [own, ...rest] = template.replace(/^\{[\w.]+\|([^}]*)\}$/, "$1").split(":");
  if (format === undefined || own !== service) return false;
  const pattern = format.replace(/[.*+?^()|[\]\\]/g, "\\$&").replace(/\$\{\w+\}/g, ".+");
  const filled = rest
    .join(":")
    .replace(/\{[\w.]+=\/\}/g, "/")
    .replace(/\{[^}]*\}/g, "x");
  return new RegExp(`^${pattern}$`).test(filled);
}

describe("the table of rights", () => {
  it("has a row for each type of AWS resources that the project has a model of", () => {
    const isMadeOfOthers = (type: string): boolean => type.startsWith("eks:");
    const types = Object.keys(RESOURCES).filter((type) => /^(?:aws|eks)/.test(type));
    assert.deepEqual(
      types.filter((type) => TYPES[type] === undefined && !isMadeOfOthers(type)),
      [],
    );
  });

  it("names actions, never all or some by a pattern", () => {
    const wrong = USES.filter(({ action }) => !/^[a-z][a-z0-9]*:[A-Z][A-Za-z0-9]+$/.test(action));
    assert.deepEqual(wrong.map(where), []);
    assert.ok(USES.length > 300, String(USES.length));
  });

  it("has only actions that AWS knows", () => {
    const unknown = USES.filter(({ action }) => REFERENCE.actions[action] === undefined);
    assert.deepEqual(unknown.map(where), []);
  });

  it("reads with actions that read", () => {
    const writing = USES.filter(
      ({ action, isRead }) =>
        isRead && !["List", "Read"].includes(REFERENCE.actions[action]?.level ?? ""),
    );
    assert.deepEqual(writing.map(where), []);
  });

  it("narrows an action to resources only where AWS lets it, and to all that it must be allowed on", () => {
    const wrong = USES.filter(({ grant: { on }, action }) => {
      if (on === undefined) return false;
      const [service = ""] = action.split(":");
      const types = REFERENCE.actions[action]?.resources ?? [];
      const isMade = (resourceType: string): boolean =>
        on.some((template) => makes(template, service, resourceType.replace("*", "")));
      const required = types.filter((each) => each.endsWith("*"));
      return !types.some(isMade) || !required.every(isMade);
    });
    assert.deepEqual(wrong.map(where), []);
  });

  it("has no template of resources that none of its actions can be narrowed to", () => {
    const idle = USES.flatMap((use) =>
      (use.grant.on ?? [])
        .filter((template) => {
          const [service = ""] = use.action.split(":");
          const uses = USES.filter(({ grant }) => grant === use.grant);
          return !uses.some(({ action }) =>
            (REFERENCE.actions[action]?.resources ?? []).some((each) =>
              makes(template, service, each.replace("*", "")),
            ),
          );
        })
        .map((template) => `${template} for ${where(use)}`),
    );
    assert.deepEqual(idle, []);
  });

  it("hands roles to named services only", () => {
    const open = USES.filter(
      ({ action, grant }) => action === "iam:PassRole" && grant.only?.key !== "iam:PassedToService",
    );
    assert.deepEqual(open.map(where), []);
  });

  it("reads values of secrets in statements of their own", () => {
    const reading = /^(?:secretsmanager:GetSecretValue|ssm:GetParameters?)$/;
    const mixed = USES.filter(
      ({ action, grant }) => reading.test(action) !== (grant.sid !== undefined),
    );
    assert.deepEqual(mixed.map(where), []);
  });
});
