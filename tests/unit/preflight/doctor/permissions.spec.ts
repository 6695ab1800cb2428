import * as assert from "node:assert/strict";
import {
  easiest,
  isOfOtherAccount,
  mayCall,
  parameterReads,
  readAccess,
  type Reader,
  readParameter,
  readSecret,
} from "../../../../preflight/doctor/access/permissions";
import {
  type DoctorContext,
  KmsKeys,
  LATE_NAMESPACE,
  type Mount,
  type MountedObject,
  type Replica,
  type Role,
  type StoredParameter,
  type StoredSecret,
} from "../../../../preflight/doctor/facts";
import { type Decision, statementsOf } from "../../../../preflight/doctor/iam";

const ACCOUNT = "123456789012";
const REGION = "eu-central-1";
const CONTEXT: DoctorContext = { region: REGION, accountId: ACCOUNT, partition: "aws" };
const NO_KEYS = new KmsKeys([]);
const ARN = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:orders-AbCdEf`;
const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234`;

type Policy = Readonly<Record<string, unknown>>;

const roleWith = (...statements: readonly Policy[]): Role => ({
  urn: "urn",
  arn: `arn:aws:iam::${ACCOUNT}:role/app`,
  name: "app",
  trust: [],
  identity: statementsOf("policy", {
    Statement: statements.map((statement) => ({ Effect: "Allow", Resource: "*", ...statement })),
  }),
  grants: [],
  limits: [],
  tagKeys: [],
});

const copyIn = (region: string) => ({ region, kmsKeyArn: undefined, isKeyLate: false });

const secret = (more: Partial<StoredSecret> = {}): StoredSecret => ({
  ...{ urn: "secret", name: "orders", arn: ARN, region: REGION, replicas: [], tags: {} },
  ...{ content: undefined, isWritten: true, kmsKeyArn: undefined, isKeyLate: false },
  ...{ isProtected: false, isManaged: false, versions: [], labels: [], madeFrom: [] },
  ...{ masterPasswordOf: [], policy: [], addresses: [], punctuation: "", isStartValue: false },
  ...more,
});

const parameter = (more: Partial<StoredParameter> = {}): StoredParameter => ({
  ...{ urn: "parameter", name: "/shop/key", region: REGION, isSecure: true, isStartValue: false },
  arn: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/shop/key`,
  ...{ content: undefined, isWritten: true, kmsKeyArn: undefined, isKeyLate: false },
  ...more,
});

const verdicts = (decisions: object): object =>
  Object.fromEntries(
    Object.entries(decisions as Readonly<Record<string, Decision>>).map(([name, { verdict }]) => [
      name,
      verdict,
    ]),
  );

const GET = { Action: "secretsmanager:GetSecretValue" };
const whereEqual = (key: string, value: string) => ({
  Condition: { StringEquals: { [key]: value } },
});

/** What a policy decides that asks the value of a key of the request. */
const readWhere = (
  key: string,
  value: string,
  {
    reader = {},
    of = secret(),
  }: { reader?: Omit<Partial<Reader>, "role">; of?: StoredSecret } = {},
) =>
  readSecret(
    { ...reader, role: roleWith({ ...GET, ...whereEqual(key, value) }) },
    ...([ARN, REGION, of, CONTEXT, NO_KEYS] as const),
  ).read.verdict;

describe("what a request for a secret says of itself", () => {
  const link = { mode: "Pod Identity", urn: "link", roleArn: "arn", role: undefined } as const;
  const session = { namespace: "shop", serviceAccount: "api" };
  const tagged = {
    ...session,
    link: { ...link, tagsSession: true, clusterName: "main" },
  };
  const of = secret({ tags: { Team: "orders" } });
  for (const [key, value, options] of [
    ["aws:RequestedRegion", REGION, {}],
    ["aws:PrincipalArn", `arn:aws:iam::${ACCOUNT}:role/app`, {}],
    ["aws:PrincipalAccount", ACCOUNT, {}],
    ["aws:ResourceAccount", ACCOUNT, {}],
    ["aws:SecureTransport", "true", {}],
    ["aws:ResourceTag/Team", "orders", { of }],
    ["secretsmanager:ResourceTag/Team", "orders", { of }],
    ["aws:PrincipalTag/kubernetes-namespace", "shop", { reader: tagged }],
    ["aws:PrincipalTag/kubernetes-service-account", "api", { reader: tagged }],
    ["aws:PrincipalTag/eks-cluster-name", "main", { reader: tagged }],
  ] as const) {
    it(`is ${key}`, () => {
      assert.equal(readWhere(key, value, options), "allowed");
      assert.equal(readWhere(key, "another", options), "denied");
    });
  }

  it("is nothing of the session where its pods or their namespace are not known", () => {
    for (const reader of [
      session,
      { ...tagged, namespace: LATE_NAMESPACE },
      { link: tagged.link, serviceAccount: "api" },
    ]) {
      assert.equal(
        readWhere("aws:PrincipalTag/kubernetes-namespace", "shop", { reader }),
        "unknown",
      );
    }
    const unnamed = { ...tagged, link: { ...tagged.link, clusterName: "" } };
    assert.equal(
      readWhere("aws:PrincipalTag/eks-cluster-name", "main", { reader: unnamed }),
      "unknown",
    );
  });

  it("has no tag of Pod Identity where that does not tag the session, unless the role is tagged so", () => {
    const reader = { ...session, link: { ...link, tagsSession: false } };
    const readBy = (tagKeys: readonly string[] | undefined, key = "kubernetes-namespace") =>
      readSecret(
        {
          ...reader,
          role: {
            ...roleWith({ ...GET, ...whereEqual(`aws:PrincipalTag/${key}`, "shop") }),
            tagKeys,
          },
        },
        ...([ARN, REGION, secret(), CONTEXT, NO_KEYS] as const),
      ).read.verdict;
    assert.deepEqual(
      [
        ...[[], ["team"], ["Kubernetes-Namespace"], undefined].map((keys) => readBy(keys)),
        readBy([], "kubernetes-pod-uid"),
        readBy([], "team"),
      ],
      ["denied", "denied", "unknown", "unknown", "denied", "unknown"],
    );
  });

  it("is limited by the policy of the session, and by the role's own limits", () => {
    const none = statementsOf("limit", {
      Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
    });
    const role = roleWith(GET);
    const read = (reader: Reader) =>
      readSecret(reader, ARN, REGION, secret(), CONTEXT, NO_KEYS).read.verdict;
    assert.deepEqual(
      [
        read({ role }),
        read({ role, link: { ...link, tagsSession: false, sessionPolicy: none } }),
        read({ role: { ...role, limits: [none] } }),
        read({ role: { ...role, limits: [role.identity] } }),
      ],
      ["allowed", "denied", "denied", "allowed"],
    );
  });
});

describe("the key of a secret", () => {
  const decrypt = (of: StoredSecret, key: Policy = {}, context = CONTEXT) =>
    verdicts(
      readSecret(
        { role: roleWith(GET, { Action: "kms:Decrypt", ...key }) },
        ...([of.arn, of.region, of, context, NO_KEYS] as const),
      ),
    );

  it("needs no right where AWS keeps it", () => {
    for (const kmsKeyArn of [undefined, "alias/aws/secretsmanager"]) {
      assert.deepEqual(decrypt(secret({ kmsKeyArn }), { Effect: "Deny" }), { read: "allowed" });
    }
    // The one that AWS keeps for parameters is a key like others to Secrets Manager.
    assert.deepEqual(decrypt(secret({ kmsKeyArn: "alias/aws/ssm" }), { Effect: "Deny" }), {
      ...{ read: "allowed", decrypt: "denied" },
    });
  });

  it("is asked for by the service, for the account and for this secret", () => {
    for (const [key, value] of [
      ["kms:ViaService", `secretsmanager.${REGION}.amazonaws.com`],
      ["kms:CallerAccount", ACCOUNT],
      ["kms:EncryptionContext:SecretARN", ARN],
    ] as const) {
      const of = secret({ kmsKeyArn: KEY });
      assert.deepEqual(
        [decrypt(of, whereEqual(key, value)), decrypt(of, whereEqual(key, "another"))],
        [
          { read: "allowed", decrypt: "allowed" },
          { read: "allowed", decrypt: "denied" },
        ],
      );
    }
  });

  it("is asked for at the address of the partition", () => {
    const of = secret({
      ...{ region: "cn-north-1", kmsKeyArn: KEY.replace("arn:aws:", "arn:aws-cn:") },
      arn: ARN.replace("arn:aws:", "arn:aws-cn:").replace(REGION, "cn-north-1"),
    });
    const china = { ...CONTEXT, region: "cn-north-1", partition: "aws-cn" };
    const via = whereEqual("kms:ViaService", "secretsmanager.cn-north-1.amazonaws.com.cn");
    assert.deepEqual(decrypt(of, via, china), { read: "allowed", decrypt: "allowed" });
  });

  it("may be named by an id or by an alias, which is known to the key's policy alone", () => {
    for (const kmsKeyArn of ["1234", KEY]) {
      assert.deepEqual(decrypt(secret({ kmsKeyArn }), { Resource: KEY }), {
        ...{ read: "allowed", decrypt: "allowed" },
      });
    }
    for (const kmsKeyArn of ["alias/orders", `arn:aws:kms:${REGION}:${ACCOUNT}:alias/orders`]) {
      const of = secret({ kmsKeyArn });
      assert.deepEqual(
        [
          decrypt(of, { Resource: kmsKeyArn }),
          decrypt(of, { Resource: KEY }),
          decrypt(of, whereEqual("kms:RequestAlias", "alias/orders")),
          decrypt(of, whereEqual("kms:RequestAlias", "alias/bills")),
        ],
        ["denied", "unknown", "allowed", "denied"].map((verdict) => ({
          ...{ read: "allowed", decrypt: verdict },
        })),
      );
    }
    const byId = secret({ kmsKeyArn: KEY });
    assert.deepEqual(decrypt(byId, whereEqual("kms:RequestAlias", "alias/orders")), {
      ...{ read: "allowed", decrypt: "unknown" },
    });
  });

  it("is undecided where only the update will tell which it is, unless every key is permitted", () => {
    const of = secret({ isKeyLate: true });
    assert.deepEqual(
      [decrypt(of), decrypt(of, { Resource: KEY }), decrypt(of, { Effect: "Deny" })],
      ["allowed", "unknown", "unknown"].map((verdict) => ({ read: "allowed", decrypt: verdict })),
    );
  });
});

describe("the value of a parameter", () => {
  const read = (statements: readonly Policy[], of = parameter()) =>
    verdicts(readParameter({ role: roleWith(...statements) }, of, CONTEXT, NO_KEYS));

  it("is given by four calls, one of them also for a path above it", () => {
    const { arn } = parameter();
    assert.deepEqual(parameterReads(parameter()), [
      { action: "ssm:GetParameters", resource: arn },
      { action: "ssm:GetParameter", resource: arn },
      { action: "ssm:GetParameterHistory", resource: arn },
      ...["", "/shop", "/shop/key"].map((path) => ({
        action: "ssm:GetParametersByPath",
        resource: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter${path}`,
      })),
    ]);
  });

  it("can be read by whichever of them is allowed", () => {
    const path = (above: string) => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter${above}`;
    assert.deepEqual(
      [
        read([{ Action: "ssm:GetParameterHistory" }]),
        read([{ Action: "ssm:GetParametersByPath", Resource: path("/shop") }]),
        read([{ Action: "ssm:GetParametersByPath", Resource: path("/sho") }]),
        read([{ Action: "ssm:GetParameter", ...whereEqual("aws:SourceIp", "10.0.0.1") }]),
      ],
      [{ read: "allowed" }, { read: "allowed" }, { read: "denied" }, { read: "unknown" }],
    );
  });

  it("is decrypted for the parameter, through Systems Manager, in its region", () => {
    const of = parameter({ kmsKeyArn: KEY, region: "eu-west-1" });
    const get = { Action: "ssm:GetParameter", ...whereEqual("aws:RequestedRegion", "eu-west-1") };
    const both = (condition: Policy) => read([get, { Action: "kms:Decrypt", ...condition }], of);
    for (const [key, value] of [
      ["kms:ViaService", "ssm.eu-west-1.amazonaws.com"],
      ["kms:EncryptionContext:PARAMETER_ARN", of.arn],
    ] as const) {
      assert.deepEqual(
        [both(whereEqual(key, value)), both(whereEqual(key, "another"))],
        [
          { read: "allowed", decrypt: "allowed" },
          { read: "allowed", decrypt: "denied" },
        ],
      );
    }
    assert.deepEqual(read([get], { ...of, kmsKeyArn: "alias/aws/ssm" }), { read: "allowed" });
  });
});

describe("what a mount reads", () => {
  const descriptor = (objectName: string) =>
    ({ objectName, jmesPath: [] }) as unknown as MountedObject["descriptor"];
  const mounted = (object: Partial<MountedObject>, ...statements: readonly Policy[]) => {
    const {
      role,
      object: same,
      ...found
    } = readAccess(
      { role: roleWith(...statements) },
      { region: REGION } as Mount,
      { descriptor: descriptor("orders"), service: "secretsmanager", secret: undefined, ...object },
      CONTEXT,
      NO_KEYS,
    );
    assert.deepEqual([role.name, same.descriptor.jmesPath], ["app", []]);
    const { label, action, ...decisions } = found;
    return { label, action, ...verdicts(decisions) };
  };
  const CALLS = { Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"] };
  const named = { label: "orders", action: "secretsmanager:GetSecretValue" };

  it("is a secret of the program, with its key", () => {
    assert.deepEqual(mounted({ secret: secret() }, { ...CALLS, Resource: ARN }), {
      ...{ ...named, read: "allowed", describe: "allowed" },
    });
    assert.deepEqual(mounted({ secret: secret({ kmsKeyArn: KEY }) }, { ...GET, Resource: ARN }), {
      ...{ ...named, read: "allowed", describe: "denied", decrypt: "denied" },
    });
    const tagged = secret({ tags: { team: "shop" }, replicas: ["us-west-2", REGION].map(copyIn) });
    assert.deepEqual(
      mounted(
        { secret: { ...tagged, region: "us-east-1", arn: ARN.replace(REGION, "us-east-1") } },
        { ...CALLS, Resource: ARN, ...whereEqual("aws:ResourceTag/team", "shop") },
      ),
      { ...named, label: `orders in ${REGION}`, read: "allowed", describe: "allowed" },
    );
  });

  it("is a copy of a secret, with the copy's own key", () => {
    const origin = { region: "us-east-1", arn: ARN.replace(REGION, "us-east-1"), kmsKeyArn: KEY };
    const copied = { ...named, label: `orders in ${REGION}` };
    const read = { ...copied, read: "allowed", describe: "allowed" };
    const mountedWith = (copy: Partial<Replica>) =>
      mounted(
        { secret: secret({ ...origin, replicas: [{ ...copyIn(REGION), ...copy }] }) },
        { ...CALLS, Resource: ARN },
      );
    assert.deepEqual(
      [{}, { kmsKeyArn: KEY }, { isKeyLate: true }, { region: undefined }].map(mountedWith),
      [read, { ...read, decrypt: "denied" }, { ...read, decrypt: "unknown" }, read],
    );
  });

  it("is a secret outside the program, whose last characters a policy may know", () => {
    const full = ARN.replace("AbCdEf", "Zz09aA");
    const both = { ...named, read: "allowed", describe: "allowed" };
    assert.deepEqual(mounted({}, { ...CALLS, Resource: [ARN.replace("orders", "bills"), full] }), {
      ...both,
    });
    assert.deepEqual(mounted({}, { ...CALLS, Resource: ARN.replace("AbCdEf", "??????") }), both);
    for (const other of ["orders-Zz09a", "orders-Zz09aA7", "orders-Zz09a!", "my-orders-Zz09aA"]) {
      assert.deepEqual(
        mounted({}, { ...CALLS, Resource: ARN.replace("orders-AbCdEf", other) }),
        { ...named, read: "denied", describe: "denied" },
        other,
      );
    }
    assert.deepEqual(mounted({ descriptor: descriptor(full) }, { ...CALLS, Resource: full }), {
      ...{ ...both, label: full },
    });
  });

  it("is a parameter, by its name, its path or its ARN", () => {
    const ssm = { service: "ssmparameter" } as const;
    const get = (path: string) => ({
      Action: "ssm:GetParameters",
      Resource: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/${path}`,
    });
    const allowed = (label: string) => ({ label, action: "ssm:GetParameters", read: "allowed" });
    for (const name of ["key", "/key", `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/key`]) {
      assert.deepEqual(mounted({ ...ssm, descriptor: descriptor(name) }, get("key")), {
        ...allowed(name),
      });
    }
    const value = parameter({ kmsKeyArn: KEY });
    assert.deepEqual(
      mounted({ ...ssm, descriptor: descriptor("/shop/key"), value }, get("shop/key")),
      { ...allowed("/shop/key"), decrypt: "denied" },
    );
  });
});

describe("a decision", () => {
  it("is the easiest of several", () => {
    const [allowed, unknown, denied] = (["allowed", "unknown", "denied"] as const).map(
      (verdict): Decision => ({ verdict, statement: verdict }),
    ) as [Decision, Decision, Decision];
    assert.equal(easiest([denied, unknown, allowed]), allowed);
    assert.equal(easiest([denied, unknown]), unknown);
    assert.deepEqual(easiest([denied]), { verdict: "denied" });
    assert.deepEqual(easiest([]), { verdict: "denied" });
  });

  it("may rest on a policy of another account, and says of what", () => {
    const foreign = (arn: string) =>
      mayCall({ role: roleWith({ Action: "*" }), ownAccount: ACCOUNT }, "s3:Get", arn, CONTEXT);
    const decision = foreign("arn:aws:sqs:eu-central-1:210987654321:queue");
    assert.deepEqual(decision, {
      verdict: "unknown",
      statement: "the policy of the resource in account 210987654321, which must allow it as well",
    });
    assert.equal(isOfOtherAccount(decision), true);
    assert.equal(foreign(`arn:aws:sqs:eu-central-1:${ACCOUNT}:queue`).verdict, "allowed");
    for (const statement of [undefined, "the policy of the secret", "a role in account 1 x"]) {
      assert.equal(
        isOfOtherAccount({ verdict: "unknown", ...(statement && { statement }) }),
        false,
      );
    }
  });
});
