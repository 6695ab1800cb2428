import * as assert from "node:assert/strict";
import { mountedFileName, validateObjects } from "../../../../preflight/delivery";

const ARN = "arn:aws:secretsmanager:us-west-2:123456789012:secret:MySecret-abc123";
const FAILOVER_ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:MySecret-def456";
const SSM_ARN = "arn:aws:ssm:us-west-2:123456789012:parameter/p";
const BOTH = ["us-west-2", "us-east-1"];

type Entry = Readonly<Record<string, unknown>>;
const sm = (objectName: string, more: Entry = {}): Entry => ({
  objectName,
  objectType: "secretsmanager",
  ...more,
});
const ssm = (objectName: string, more: Entry = {}): Entry => ({
  objectName,
  objectType: "ssmparameter",
  ...more,
});
const jmes = (path: string, objectAlias: string, more: Entry = {}) => ({
  jmesPath: [{ path, objectAlias, ...more }],
});

const validate = (
  entries: readonly (Entry | null)[],
  { regions = ["us-west-2"], pathTranslation = "" } = {},
) => validateObjects({ objects: JSON.stringify(entries), pathTranslation, regions });

const refusal = (...args: Parameters<typeof validate>) => {
  const validated = validate(...args);
  return validated.ok ? undefined : validated.error;
};
const fileNames = (...args: Parameters<typeof validate>) => {
  const validated = validate(...args);
  assert.ok(validated.ok, JSON.stringify(validated));
  return validated.descriptors.map((one) => mountedFileName(one, validated.translation));
};

describe("validating objects, after the provider's own tests", () => {
  const refused: readonly [string, Parameters<typeof validate>, string][] = [
    ["no name", [[{ objectType: "secretsmanager" }]], "Object name must be specified"],
    ["an empty entry", [[null]], "Empty descriptor entry in SecretProviderClass"],
    [
      "a prefix that is no ARN",
      [[{ objectName: "arn::" }]],
      "Invalid ARN format in object name: arn::",
    ],
    [
      "an ARN of another service",
      [[{ objectName: "arn:aws:sts:us-west-2:1:x" }]],
      "Invalid service in ARN: sts",
    ],
    [
      "neither type nor ARN",
      [[{ objectName: "SomeSecret" }]],
      "Must use objectType when a full ARN is not specified: SomeSecret",
    ],
    ["an unknown type", [[{ objectName: "s", objectType: "sts" }]], "Invalid objectType: sts"],
    ["the type ssm", [[{ objectName: "s", objectType: "ssm" }]], "Invalid objectType: ssm"],
    ["the type of another ARN", [[sm(SSM_ARN)]], `objectType does not match ARN: ${SSM_ARN}`],
    [
      "an ARN of another region",
      [[{ objectName: FAILOVER_ARN }]],
      `ARN region must match region us-west-2: ${FAILOVER_ARN}`,
    ],
    [
      "version and label of a parameter",
      [[ssm("p", { objectVersion: "1", objectVersionLabel: "l" })]],
      "ssm parameters can not specify both objectVersion and objectVersionLabel: p",
    ],
    [
      "a jmesPath without path",
      [[sm("s", { jmesPath: [{ objectAlias: "a" }] })]],
      "Path must be specified for JMES object",
    ],
    [
      "a jmesPath without alias",
      [[sm("s", { jmesPath: [{ path: "a" }] })]],
      "Object alias must be specified for JMES object",
    ],
    [
      "a jmesPath that is null",
      [[sm("s", { jmesPath: [null] })]],
      "Path must be specified for JMES object",
    ],
    [
      "a permission of a jmesPath",
      [[sm("s", jmes("a", "a", { filePermission: "efgh" }))]],
      "Invalid File Permission: efgh",
    ],
    [
      "a translation of two characters",
      [[sm("s")], { pathTranslation: "--" }],
      "pathTranslation must be either 'False' or a single character string",
    ],
    [
      "a translation of two bytes",
      [[sm("s")], { pathTranslation: "é" }],
      "pathTranslation must be either 'False' or a single character string",
    ],
    [
      "one name, no alias, no label",
      [[sm("s"), sm("s")]],
      "found descriptor with duplicate object name s, no object alias, and no version label",
    ],
    [
      "one name, one alias, no label",
      [[sm("s", { objectAlias: "a" }), sm("s", { objectAlias: "a" })]],
      "found descriptor with duplicate object name s, duplicate object alias a, and no version label",
    ],
    [
      "one name, no alias, one label",
      [[sm("s", { objectVersionLabel: "l" }), sm("s", { objectVersionLabel: "l" })]],
      "found descriptor with duplicate object name s, no object alias, and duplicate version label l",
    ],
    [
      "one name, one alias, one label",
      [
        [
          sm("s", { objectAlias: "a", objectVersionLabel: "l" }),
          sm("s", { objectAlias: "a", objectVersionLabel: "l" }),
        ],
      ],
      "found descriptor with duplicate object name s, duplicate object alias a, and duplicate version label l",
    ],
    [
      "one name, one alias, two labels",
      [
        [
          sm("s", { objectAlias: "a", objectVersionLabel: "l" }),
          sm("s", { objectAlias: "a", objectVersionLabel: "m" }),
        ],
      ],
      "found duplicate object alias a",
    ],
    [
      "one alias for two names",
      [[sm("s", { objectAlias: "a" }), ssm("t", { objectAlias: "a" })]],
      "found duplicate object alias a",
    ],
    [
      "the alias of its own jmesPath",
      [[sm("s", { objectAlias: "a", ...jmes(".username", "a") })]],
      "Name already in use for objectAlias: found duplicate object alias a in JMES path entry .username",
    ],
    [
      "two jmesPaths with one alias",
      [
        [
          sm("s", {
            jmesPath: [
              { path: "a", objectAlias: "x" },
              { path: "b", objectAlias: "x" },
            ],
          }),
        ],
      ],
      "Name already in use for objectAlias: found duplicate object alias x in JMES path entry b",
    ],
    [
      "an alias after a jmesPath took it",
      [[sm("s", jmes("u", "a")), sm("t", { objectAlias: "a" })]],
      "found duplicate object alias a",
    ],
    [
      "a failover object without alias",
      [[sm("s", { failoverObject: { objectName: "t" } })], { regions: BOTH }],
      "object alias must be specified for objects with failover entries: s",
    ],
    [
      "a failover object without region",
      [[sm("s", { objectAlias: "a", failoverObject: { objectName: "t" } })]],
      "failover object allowed only when failover region is defined: s",
    ],
    [
      "a failover ARN of the primary region",
      [
        [{ objectName: ARN, objectAlias: "a", failoverObject: { objectName: ARN } }],
        { regions: BOTH },
      ],
      `ARN region must match region us-east-1: ${ARN}`,
    ],
    [
      "a failover name without type",
      [
        [{ objectName: ARN, objectAlias: "a", failoverObject: { objectName: "t" } }],
        { regions: BOTH },
      ],
      "Must use objectType when a full ARN is not specified: t",
    ],
    [
      "a failover ARN that is none",
      [
        [sm("s", { objectAlias: "a", failoverObject: { objectName: "arn:aws:bad" } })],
        { regions: BOTH },
      ],
      "Invalid ARN format in object name: arn:aws:bad",
    ],
    [
      "version and label of a failover parameter",
      [
        [
          ssm("p", {
            objectAlias: "a",
            objectVersion: "1",
            failoverObject: { objectName: "q", objectVersion: "1", objectVersionLabel: "l" },
          }),
        ],
        { regions: BOTH },
      ],
      "ssm parameters can not specify both objectVersion and objectVersionLabel: p",
    ],
    [
      "two versions for one entry",
      [
        [
          sm("s", {
            objectAlias: "a",
            objectVersion: "1",
            failoverObject: { objectName: "t", objectVersion: "2" },
          }),
        ],
        { regions: BOTH },
      ],
      "object versions must match between primary and failover regions: s",
    ],
  ];
  for (const [what, args, error] of refused) {
    it(`refuses ${what}`, () => assert.equal(refusal(...args), error));
  }

  for (const permission of [
    "abc9",
    "000",
    "00000",
    "0888",
    "-644",
    "0o644",
    "u+rw",
    " 0600",
    "0600\n",
  ]) {
    it(`refuses the permission ${JSON.stringify(permission)}`, () => {
      const error = `Invalid File Permission: ${permission}`;
      assert.equal(refusal([sm("s", { filePermission: permission })]), error);
    });
  }

  const OFF = { pathTranslation: "False" };
  for (const name of ["../x", "x/..", "x/../y", "x/../../y", "/../x", "/../", "//../x"]) {
    it(`refuses the path ${name} where slashes stay`, () => {
      const sorts = [sm(name), ssm(name), sm("s", { objectAlias: name })];
      for (const entry of sorts) {
        assert.equal(
          refusal([entry], OFF),
          `path can not contain ../: ${String(entry.objectName)}`,
        );
      }
      assert.equal(refusal([sm(name)]), undefined);
    });
  }

  for (const name of [
    "/..pathTest-abc123",
    "..pathTest",
    "mypath../x",
    "mypath..",
    "/..mypath",
    "mypath../param",
    "..",
    ".",
  ]) {
    it(`accepts the path ${name} where slashes stay`, () => {
      assert.equal(refusal([ssm(name)], OFF), undefined);
    });
  }

  const accepted: readonly [string, Parameters<typeof validate>, readonly string[]][] = [
    ["a parameter by its ARN", [[{ objectName: SSM_ARN }]], [SSM_ARN.replaceAll("/", "_")]],
    ["ARN and type that agree", [[sm(ARN, { objectAlias: "a" })]], ["a"]],
    [
      "the ARN of a service that is a type's name",
      [[{ objectName: "arn:aws:ssmparameter:us-west-2:1:x", objectAlias: "a" }]],
      ["a"],
    ],
    [
      "a parameter whose ARN is of an unknown service",
      [[ssm("arn:aws:x:us-west-2:1:y", { objectAlias: "a" })]],
      ["a"],
    ],
    [
      "one name, two aliases",
      [[sm("s", { objectAlias: "a" }), sm("s", { objectAlias: "b" })]],
      ["a", "b"],
    ],
    ["one name, of which one has an alias", [[sm("s"), sm("s", { objectAlias: "b" })]], ["s", "b"]],
    [
      "one name, two labels, one file",
      [[sm("s", { objectVersionLabel: "l" }), sm("s", { objectVersionLabel: "m" })]],
      ["s", "s"],
    ],
    ["one name a third time", [[sm("s"), sm("s", { objectAlias: "b" }), sm("s")]], ["s", "b", "s"]],
    [
      "version and label of a secret",
      [[sm("s", { objectVersion: "1", objectVersionLabel: "l" })]],
      ["s"],
    ],
    [
      "all permissions",
      [[sm("s", { filePermission: "0600" }), sm("t", { filePermission: "1777" })]],
      ["s", "t"],
    ],
    ["an alias of jmesPath that climbs", [[sm("s", jmes("a", "../x"))], OFF], ["s"]],
    [
      "a failover ARN",
      [
        [{ objectName: ARN, objectAlias: "a", failoverObject: { objectName: FAILOVER_ARN } }],
        { regions: BOTH },
      ],
      ["a"],
    ],
    [
      "equal versions",
      [
        [
          sm("s", {
            objectAlias: "a",
            objectVersion: "1",
            failoverObject: { objectName: "t", objectVersion: "1" },
          }),
        ],
        { regions: BOTH },
      ],
      ["a"],
    ],
    [
      "a failover object without a name, whatever it says",
      [[sm("s", { failoverObject: { objectVersion: "2" } })]],
      ["s"],
    ],
    [
      "an alias that is another's name",
      [[sm("one", { objectAlias: "two" }), sm("two")]],
      ["two", "two"],
    ],
  ];
  for (const [what, args, names] of accepted) {
    it(`accepts ${what}`, () => assert.deepEqual(fileNames(...args), names));
  }

  it("reports the first fault of the first faulty entry", () => {
    const faulty = sm("t", { filePermission: "x", jmesPath: [{}] });
    assert.equal(refusal([sm("s"), faulty, { objectName: "" }]), "Invalid File Permission: x");
  });

  it("says that objects cannot be read", () => {
    const validated = validateObjects({ objects: "{", regions: ["us-west-2"] });
    assert.deepEqual(validated, {
      ok: false,
      error:
        "Failed to load SecretProviderClass: error converting YAML to JSON: yaml: line 1: did not find expected node content",
    });
  });
});

describe("the name of a mounted file", () => {
  const names: readonly [
    { objectName: string; objectAlias?: string },
    string | undefined,
    string,
  ][] = [
    [{ objectName: "prod/app/db" }, undefined, "prod_app_db"],
    [{ objectName: "/prod/db" }, undefined, "_prod_db"],
    [{ objectName: "s", objectAlias: "a/b" }, "-", "a-b"],
    [{ objectName: "s", objectAlias: "" }, "_", "s"],
    [{ objectName: "//prod/db" }, "", "prod/db"],
    [{ objectName: "/" }, "", ""],
    [{ objectName: "a/b" }, "$", "a$b"],
    [{ objectName: "s", objectAlias: '"a-b"' }, undefined, '"a-b"'],
    [{ objectName: ARN }, undefined, ARN],
  ];
  for (const [entry, translation, name] of names) {
    it(`${JSON.stringify(entry)} with ${translation ?? "the default"} is ${name}`, () => {
      assert.equal(mountedFileName(entry, translation), name);
    });
  }
});
