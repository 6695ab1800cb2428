import * as assert from "node:assert/strict";
import * as kubernetes from "@pulumi/kubernetes";
import * as aws from "@pulumi/aws";
import { autonamingOf } from "../../../../../preflight/simulation/mocks/autonaming";
import { evaluate } from "../../../../../preflight/simulation/mocks/run";

const ROLE = "aws:iam/role:Role";
const NAMESPACE = "kubernetes:core/v1:Namespace";

const naming = (config: unknown, more: Readonly<Record<string, string>> = {}) =>
  autonamingOf({
    ...{ organization: "acme", project: "shop", stack: "dev" },
    config: { "pulumi:autonaming": JSON.stringify(config), ...more },
    unique: (_type, _name, length) => "0a1b2c3d4e5f".repeat(3).slice(0, length),
  });

describe("the autonaming of a stack", () => {
  it("leaves names to the providers, unless the configuration says otherwise", () => {
    for (const config of [
      undefined,
      {},
      { mode: "default" },
      { mode: "disabled" },
      [],
      "verbatim",
    ]) {
      assert.equal(naming(config)(ROLE, "app"), undefined);
    }
    const none = autonamingOf({
      ...{ organization: "acme", project: "shop", stack: "dev", unique: () => "" },
      config: { "pulumi:autonaming": "{" },
    });
    assert.equal(none(ROLE, "app"), undefined);
  });

  it("takes names as they are, or by a pattern", () => {
    assert.equal(naming({ mode: "verbatim" })(ROLE, "app"), "app");
    const pattern =
      "${organization}-${project}-${stack}-${name}-${hex(3)}-${alphanum(2)}-${num(4)}-${config.team}-${config.aws:region}";
    assert.equal(
      naming({ pattern }, { "shop:team": "blue", "aws:region": "eu-central-1" })(ROLE, "app"),
      "acme-shop-dev-app-0a1-0a-0718-blue-eu-central-1",
    );
    assert.equal(naming({ pattern: "${uuid}${what}" })(ROLE, "app")?.endsWith("${what}"), true);
  });

  it("goes by the type, else by the provider, else by what is said of all", () => {
    const name = naming({
      mode: "verbatim",
      providers: {
        aws: { pattern: "a-${name}", resources: { [ROLE]: { pattern: "r-${name}" } } },
        kubernetes: { mode: "default" },
      },
    });
    assert.deepEqual(
      [
        name(ROLE, "x"),
        name("aws:sqs/queue:Queue", "x"),
        name(NAMESPACE, "x"),
        name("random:x", "x"),
      ],
      ["r-x", "a-x", undefined, "x"],
    );
  });

  it("names what the program does not name", async () => {
    const { registrations } = await evaluate(
      () => {
        new kubernetes.core.v1.Namespace("plain");
        new kubernetes.core.v1.Namespace("named", { metadata: { name: "own" } });
        const assumeRolePolicy = "{}";
        new aws.iam.Role("plain", { assumeRolePolicy });
        new aws.iam.Role("named", { assumeRolePolicy, name: "own" });
      },
      { unknown: "echo", config: { "pulumi:autonaming": '{"mode":"verbatim"}' } },
    );
    const names = registrations.map(({ outputs }) => {
      const { name, metadata } = outputs as { name?: string; metadata?: { name?: string } };
      return metadata?.name ?? name;
    });
    assert.deepEqual(names.sort(), ["own", "own", "plain", "plain"]);
  });
});
