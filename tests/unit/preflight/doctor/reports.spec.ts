import * as assert from "node:assert/strict";
import type { Finding } from "../../../../preflight/doctor/findings";
import { githubReport } from "../../../../preflight/plan/report/github";
import { sarifReport } from "../../../../preflight/plan/report/sarif";
import { readersSection } from "../../../../preflight/plan/report/readers";
import { style } from "../../../../preflight/plan/report/style";
import type { SecretReader, SecretReaders } from "../../../../preflight/doctor/readers";

const FINDINGS: readonly Finding[] = [
  {
    id: "key-missing",
    severity: "error",
    message: "100% of it:\r\nmissing, all",
    remedy: "Add it.",
    urn: "urn:pulumi:dev::p::t::n",
    source: { file: "src/a b.ts", line: 7, column: 3 },
  },
  { id: "rotation-off", severity: "note", message: "off" },
  { id: "tls-not-forced", severity: "warning", message: "plain" },
];

describe("findings as workflow commands", () => {
  it("escape what would end a command or a property", () => {
    assert.equal(
      githubReport(FINDINGS, "../a,b:c"),
      [
        "::error file=../a%2Cb%3Ac/src/a b.ts,line=7,col=3,title=key-missing::100%25 of it:\\r\\nmissing, all%0AAdd it.\n",
        "::notice file=../a%2Cb%3Ac/Pulumi.yaml,line=1,title=rotation-off::off\n",
        "::warning file=../a%2Cb%3Ac/Pulumi.yaml,line=1,title=tls-not-forced::plain\n",
      ].join(""),
    );
    assert.equal(githubReport([], ""), "");
  });
});

describe("findings as SARIF", () => {
  const RULES = [
    {
      id: "key-missing",
      severity: "error",
      why: "It fails: the mount waits. For ever.",
      remedy: "Add it.",
      source: "https://example.com/",
    },
  ] as const;
  const log = JSON.parse(sarifReport(FINDINGS, RULES, ""));
  const [run] = log.runs;

  it("names version and schema", () => {
    assert.equal(log.version, "2.1.0");
    assert.equal(log.$schema, "https://json.schemastore.org/sarif-2.1.0.json");
  });

  it("describes the rules", () => {
    assert.deepEqual(run.tool.driver.rules, [
      {
        id: "key-missing",
        shortDescription: { text: "It fails." },
        fullDescription: { text: "It fails: the mount waits. For ever." },
        help: { text: "Add it." },
        helpUri: "https://example.com/",
        defaultConfiguration: { level: "error" },
      },
    ]);
  });

  it("holds each finding with its place", () => {
    const [{ partialFingerprints, ...first }, second] = run.results;
    assert.deepEqual(first, {
      ruleId: "key-missing",
      ruleIndex: 0,
      level: "error",
      message: { text: "100% of it:\\r\\nmissing, all\n\nAdd it." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "src/a%20b.ts" },
            region: { startLine: 7, startColumn: 3 },
          },
          logicalLocations: [{ fullyQualifiedName: "urn:pulumi:dev::p::t::n", kind: "resource" }],
        },
      ],
    });
    assert.match(partialFingerprints["finding/v1"], /^[0-9a-f]{64}$/);
    // Where nothing is known of a line.
    const physicalLocation = {
      artifactLocation: { uri: "Pulumi.yaml" },
      region: { startLine: 1 },
    };
    assert.deepEqual(second.locations, [{ physicalLocation }]);
    assert.equal(second.ruleIndex, undefined);
  });

  it("names a file as an address does", () => {
    const { runs } = JSON.parse(sarifReport(FINDINGS, RULES, "my shop"));
    const [{ locations }] = runs[0].results;
    assert.equal(locations[0].physicalLocation.artifactLocation.uri, "my%20shop/src/a%20b.ts");
  });

  it("tells findings at one place apart", () => {
    const prints = run.results.map(
      (result: Record<string, Record<string, string>>) =>
        result.partialFingerprints?.["finding/v1"],
    );
    assert.equal(new Set(prints).size, FINDINGS.length);
  });
});

describe("readers for people", () => {
  const reader: SecretReader = {
    secret: "s",
    serviceAccount: "shop/api",
    role: "api",
    statement: "policy read, Read",
    pods: ["Deployment shop/api"],
    verdict: "allowed",
  };
  const lines = (more: Partial<SecretReaders>) =>
    readersSection(
      [{ secret: "s", urn: "u", readers: [reader], exclusive: true, undecided: [], ...more }],
      style(false),
    );

  it("say nothing where there is no secret", () => {
    assert.deepEqual(readersSection([], style(false)), []);
  });

  it("name the way to the secret, and that there is no other", () => {
    assert.deepEqual(lines({}), [
      "Who can read it",
      "",
      "  s",
      "    ServiceAccount shop/api  by api  policy read, Read  Deployment shop/api",
      "    nobody else in this stack",
    ]);
  });

  it("never say so where it cannot be told", () => {
    const node: SecretReader = {
      ...reader,
      ...{ serviceAccount: null, role: "nodes", statement: null, pods: [], verdict: "unknown" },
    };
    assert.deepEqual(
      lines({ readers: [reader, node], exclusive: "unknown", undecided: ["nodes"] }).slice(3),
      [
        "    ServiceAccount shop/api  by api            policy read, Read  Deployment",
        "                                                                  shop/api",
        "    no ServiceAccount        perhaps by nodes                     no pods",
        "    whether anybody else can is unknown, for nodes",
      ],
    );
    assert.equal(lines({ exclusive: false, undecided: ["x"] }).at(-1), "    and perhaps others");
  });

  it("say where nobody can, and where the list is all", () => {
    const nobody = lines({ readers: [], exclusive: false });
    assert.equal(nobody.at(-1), "    nobody in this stack");
    assert.equal(lines({ exclusive: false }).at(-1), "    nobody else in this stack");
  });
});
