import * as assert from "node:assert/strict";
import { type Change, contents, deliver, errorOf, REGION } from "./deliver";

describe("attributes of a mount, read in the provider's order", () => {
  const TOKENS = "csi.storage.k8s.io/serviceAccount.tokens";
  const ACCOUNT = "csi.storage.k8s.io/serviceAccount.name";
  const csi = (problem: string) =>
    `CSI token error: ${problem} - ensure tokenRequests is configured in CSIDriver spec`;
  const parse = (problem: string) => csi(`failed to parse serviceAccount.tokens: ${problem}`);
  const tokens: readonly [string | null, string][] = [
    [
      null,
      csi("serviceAccount.tokens not provided - ensure tokenRequests is configured in CSIDriver"),
    ],
    [
      "",
      csi("serviceAccount.tokens not provided - ensure tokenRequests is configured in CSIDriver"),
    ],
    [" ", parse("unexpected end of JSON input")],
    ["{", parse("unexpected end of JSON input")],
    ["tru", parse("invalid character ' ' in literal true (expecting 'e')")],
    ["{}x", parse("invalid character 'x' after top-level value")],
    ["é", parse("invalid character 'Ã' looking for beginning of value")],
    ["{'a'}", parse("invalid character '\\'' looking for beginning of object key string")],
    [
      "[]",
      parse(
        "json: cannot unmarshal array into Go value of type map[string]utils.ServiceAccountToken",
      ),
    ],
    [
      '{"a":5}',
      parse("json: cannot unmarshal number into Go value of type utils.ServiceAccountToken"),
    ],
    [
      '{"a":{"token":5}}',
      parse(
        "json: cannot unmarshal number into Go struct field ServiceAccountToken.token of type string",
      ),
    ],
    [
      "null",
      'Pod Identity token extraction failed: token for audience "pods.eks.amazonaws.com" not found - ensure tokenRequests includes this audience in CSIDriver',
    ],
    [
      '{"pods.eks.amazonaws.com":null}',
      'Pod Identity token extraction failed: token for audience "pods.eks.amazonaws.com" is empty',
    ],
  ];
  for (const [value, error] of tokens) {
    it(`tokens ${JSON.stringify(value)}: ${error}`, () => {
      assert.equal(errorOf(deliver({ attributes: { [TOKENS]: value } })), error);
    });
  }

  const permissions: readonly [string, string][] = [
    ["abc", "invalid character 'a' looking for beginning of value"],
    ['"', "unexpected end of JSON input"],
    ["0777", "invalid character '7' after top-level value"],
    ['"0644"', "json: cannot unmarshal string into Go value of type fs.FileMode"],
    ["-1", "json: cannot unmarshal number -1 into Go value of type fs.FileMode"],
    ["1.5", "json: cannot unmarshal number 1.5 into Go value of type fs.FileMode"],
    ["4294967296", "json: cannot unmarshal number 4294967296 into Go value of type fs.FileMode"],
    ["true", "json: cannot unmarshal bool into Go value of type fs.FileMode"],
  ];
  for (const [permission, problem] of permissions) {
    it(`permission ${permission}: ${problem}`, () => {
      const error = `failed to unmarshal file permission, error: ${problem}`;
      assert.equal(errorOf(deliver({ permission })), error);
    });
  }

  const modes: readonly [string, number][] = [
    ["null", 0],
    [" 420 ", 0o644],
    ["1000", 0o750],
    ["1049024", 0o1700],
  ];
  for (const [permission, mode] of modes) {
    it(`permission ${permission} gives the mode ${mode.toString(8)}`, () => {
      assert.equal(deliver({ permission }).files[0]?.mode, mode);
    });
  }

  for (const usePodIdentity of ["on", "yes", " true", "tRUE"]) {
    it(`usePodIdentity ${JSON.stringify(usePodIdentity)} is refused`, () => {
      assert.equal(
        errorOf(deliver({ parameters: { usePodIdentity } })),
        `failed to parse usePodIdentity value, error: strconv.ParseBool: parsing ${JSON.stringify(usePodIdentity)}: invalid syntax`,
      );
    });
  }

  const irsa = { parameters: { usePodIdentity: "" } };
  const refused: readonly [string, Change, string][] = [
    [
      "no token for IRSA",
      { ...irsa, attributes: { [TOKENS]: '{"x":{"token":"t"}}' } },
      'IRSA token extraction failed: token for audience "sts.amazonaws.com" not found - ensure tokenRequests includes this audience in CSIDriver',
    ],
    [
      "no role",
      { ...irsa, cluster: { role: { value: "" } } },
      "An IAM role must be associated with service account default (namespace: default)",
    ],
    [
      "no ServiceAccount",
      {
        ...irsa,
        attributes: { [ACCOUNT]: "nope" },
        cluster: { role: { error: 'serviceaccounts "nope" not found' } },
      },
      'failed to get service account default/nope: serviceaccounts "nope" not found',
    ],
    [
      "no region",
      { parameters: { region: "" } },
      "failed to retrieve region from node. error Region not found",
    ],
    [
      "no pod",
      { parameters: { region: "" }, cluster: { nodeRegion: { error: 'pods "p" not found' } } },
      'failed to retrieve region from node. error pods "p" not found',
    ],
  ];
  for (const [what, change, error] of refused) {
    it(`${what} is refused`, () => assert.equal(errorOf(deliver(change)), error));
  }

  it("takes the region from the node where the class names none", () => {
    const change = { parameters: { region: "" }, cluster: { nodeRegion: { value: "eu-west-1" } } };
    assert.deepEqual(contents(deliver(change)), { s: "v" });
  });

  it("reports the token before the permission, the region, the flag and the objects", () => {
    const all = {
      attributes: { [TOKENS]: "x" },
      permission: "x",
      parameters: { region: "", usePodIdentity: "x", objects: "x" },
    };
    const order = [
      /^CSI token/,
      /file permission/,
      /region from node/,
      /usePodIdentity/,
      /^Failed to load/,
    ];
    const fixes: readonly Change[] = [
      {},
      { attributes: {} },
      { attributes: {}, permission: "420" },
      { attributes: {}, permission: "420", parameters: { ...all.parameters, region: REGION } },
      { attributes: {}, permission: "420", parameters: { objects: "x" } },
    ];
    fixes.forEach((fix, at) => {
      assert.match(errorOf(deliver({ ...all, ...fix })) ?? "", order[at] ?? assert.fail());
    });
  });
});
