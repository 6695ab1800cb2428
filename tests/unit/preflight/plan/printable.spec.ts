import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { parse } from "yaml";
import type { Finding } from "../../../../preflight/doctor/findings";
import type { Plan } from "../../../../preflight/plan/model";
import { githubReport } from "../../../../preflight/plan/report/github";
import { jsonReport } from "../../../../preflight/plan/report/json";
import { manifests } from "../../../../preflight/plan/report/manifests";
import { printable, printableLines } from "../../../../preflight/plan/report/printable";
import { sarifReport } from "../../../../preflight/plan/report/sarif";
import { diagnosisReport, textReport } from "../../../../preflight/plan/report/text";

/** What a terminal obeys, beside the line breaks and the colours of the report itself. */
const OBEYED =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** What a runner of GitHub Actions obeys. */
const isCommand = (line: string): boolean =>
  line.trimStart().startsWith("::") || line.includes("##[");

const assertHarmless = (text: string): void => {
  assert.doesNotMatch(text, OBEYED);
  assert.deepEqual(text.split("\n").filter(isCommand), []);
};

/** Names that somebody chose who wants to be more than a name. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "::warning::x",
        "\n",
        "\r",
        "##[error]",
        " ",
        ":",
        "#",
        "\u202e",
        "\u001b[2J",
      ),
      fc.constantFrom("\u009b", "\u2028", "\u2066", "\ud800", "orders", "a/b", "\t", "\u0000"),
      fc.string({ unit: "binary" }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

const planOf = (name: string): Plan => ({
  project: name,
  stack: name,
  resources: [
    {
      ...{ urn: `urn:${name}`, type: `a:${name}:B`, name, parent: undefined, dependsOn: [name] },
      ...{ protect: true, custom: true, remote: false, inputs: { [name]: [name, { kind: name }] } },
    },
  ],
  apps: [
    {
      name,
      namespace: name,
      workload: { urn: `urn:${name}`, kind: name, replicas: 1, serviceAccount: name },
      mounts: [
        {
          ...{ providerClass: name, paths: [name], urn: undefined },
          role: { arn: name, name, via: "IRSA", urn: undefined },
          secrets: [{ name, planned: undefined, rotation: undefined }],
        },
      ],
      files: [{ path: name, secret: name, keys: [name] }],
      env: [{ name, source: { kind: "kubernetesSecret", name, key: name } }],
    },
  ],
  readers: [
    {
      ...{ secret: name, urn: name, exclusive: "unknown", undecided: [name] },
      readers: [
        {
          ...{ secret: name, serviceAccount: name, role: name, statement: name },
          ...{ pods: [name], verdict: "unknown" },
        },
      ],
    },
  ],
  findings: [findingOf(name)],
});

const findingOf = (name: string): Finding => ({
  id: "a-b",
  severity: "error",
  message: `the class ${name} is missing`,
  remedy: `Do not call it ${name}.`,
  urn: `urn:${name}`,
  source: { file: `${name}/index.ts`, line: 1, column: 2 },
});

describe("what a terminal or a CI runner is shown", () => {
  it("has characters that cannot be seen written as JSON does", () => {
    assert.deepEqual(
      ["a\nb", "a\u001b[1m", "\u202eabc", "a\u2028", "\u{e0041}", "\ud800", "ü✓👩‍🚀 ok"].map(
        printable,
      ),
      ["a\\nb", "a\\u001b[1m", "\\u202eabc", "a\\u2028", "\\udb40\\udc41", "\\ud800", "ü✓👩‍🚀 ok"],
    );
  });

  it("holds no command to a runner, not even where text is wrapped", () => {
    assert.deepEqual(
      ["::error::x", "a ::error::x", "##[add-mask]x", "urn:pulumi:dev::shop::t::n"].map(printable),
      [
        "\\u003a:error::x",
        "a \\u003a:error::x",
        "\\u0023#[add-mask]x",
        "urn:pulumi:dev::shop::t::n",
      ],
    );
  });

  it("is one line for a name, and harmless lines for a message", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        assert.ok(!printable(name).includes("\n"));
        assertHarmless(printable(name));
        assertHarmless(printableLines(name));
        assert.equal(printable(printable(name)), printable(name));
      }),
    );
  });

  it("is harmless in every text report, whatever things are called", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        assertHarmless(textReport(planOf(name), { colour: false }));
        assertHarmless(diagnosisReport(planOf(name), { colour: false }));
      }),
    );
  });

  it("is one command for each finding among annotations", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const [first = "", ...rest] = githubReport([findingOf(name)], "").split("\n");
        assert.doesNotMatch(first, OBEYED);
        assert.match(first, /^::error file=[^\n:,]*,line=1,col=2,title=a-b::the class /);
        assert.ok(!first.includes("##["));
        assert.deepEqual(rest, [""]);
      }),
    );
  });

  it("is harmless as JSON, and says the same", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const json = jsonReport(planOf(name));
        assertHarmless(json);
        const { resources, findings } = JSON.parse(json) as Plan;
        assert.deepEqual(
          [resources[0]?.inputs, findings],
          [planOf(name).resources[0]?.inputs, [findingOf(name)]],
        );
        assertHarmless(sarifReport([findingOf(name)], [], ""));
      }),
    );
  });

  it("is harmless as YAML, and says the same", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const yaml = manifests(planOf(name));
        assertHarmless(yaml);
        assert.deepEqual(parse(yaml), planOf(name).resources[0]?.inputs);
      }),
      { examples: [[" \n"], ["\n\n "]] },
    );
  });
});
