import * as assert from "node:assert/strict";
import { Clusters, LATE_NAMESPACE } from "../../../../preflight/doctor/facts/location";
import {
  mayDeliver,
  type OtherDelivery,
  otherDeliveriesOf,
  takesFromVaultAgent,
} from "../../../../preflight/doctor/facts/other-deliveries";
import type { Workload } from "../../../../preflight/doctor/facts/workloads";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { type Declared, registered } from "./registered";

const EXTERNAL = "kubernetes:external-secrets.io/v1:ExternalSecret";
const CLASS = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";
const METADATA = { name: "login", namespace: "shop" };

async function deliveriesOf(...resources: readonly Declared[]) {
  const registrations = await registered(...resources);
  return otherDeliveriesOf(registrations, new Clusters(registrations));
}

const namesOf = async (properties: object, type = EXTERNAL) =>
  (await deliveriesOf([type, "resource", properties])).map(({ secretNames }) => secretNames);

describe("what delivers secrets in place of the provider of AWS", () => {
  const destination = { destination: { name: "made" } };
  const target = { target: { name: "made" } };
  const kinds: readonly [type: string, spec: object, by: string][] = [
    ["external-secrets.io/v1:ExternalSecret", target, "the External Secrets Operator"],
    ["external-secrets.io/v1beta1:ExternalSecret", target, "the External Secrets Operator"],
    [
      "external-secrets.io/v1:ClusterExternalSecret",
      { externalSecretSpec: target },
      "the External Secrets Operator",
    ],
    [
      "bitnami.com/v1alpha1:SealedSecret",
      { template: { metadata: { name: "made" } } },
      "Sealed Secrets",
    ],
    ...["VaultStaticSecret", "VaultDynamicSecret", "VaultPKISecret", "HCPVaultSecretsApp"].map(
      (kind): [string, object, string] => [
        ...([`secrets.hashicorp.com/v1beta1:${kind}`, destination] as const),
        "the Vault Secrets Operator",
      ],
    ),
  ];
  for (const [type, spec, by] of kinds) {
    it(`is ${type}, which names its Secret`, async () => {
      const kind = type.slice(type.indexOf(":") + 1);
      const resource = `kubernetes:${type}`;
      assert.deepEqual(await deliveriesOf([resource, "resource", { metadata: METADATA, spec }]), [
        {
          urn: `urn:pulumi:test::eks-db-secrets::${resource}::resource`,
          kind,
          cluster: 0,
          namespace: "shop",
          name: "login",
          label: `${kind} shop/login`,
          by,
          secretNames: ["made"],
          isClusterWide: kind === "ClusterExternalSecret",
        },
      ]);
    });
  }

  it("is an item of 1Password, under its own name", async () => {
    const type = "kubernetes:onepassword.com/v1:OnePasswordItem";
    const [item, ...others] = await deliveriesOf([type, "resource", { metadata: METADATA }]);
    assert.deepEqual(
      [item?.by, item?.secretNames, item?.isClusterWide, others],
      ["the 1Password operator", ["login"], false, []],
    );
  });

  it("is nothing else", async () => {
    for (const type of [
      "acme:kubernetes:external-secrets.io/v1:ExternalSecret",
      "kubernetes:external-secrets.io/v1:ExternalSecretStore",
      "kubernetes:external-secrets.io/v1:SecretStore",
      "kubernetes:acme.io/v1:ExternalSecret",
      "kubernetes:core/v1:Secret",
      "aws:secretsmanager/secret:Secret",
    ]) {
      assert.deepEqual(await namesOf({ metadata: METADATA }, type), [], type);
    }
  });

  it("makes a Secret of the object's name where it names none", async () => {
    assert.deepEqual(await namesOf({ metadata: METADATA, spec: {} }), [["login"]]);
    assert.deepEqual(await namesOf({}), [["resource"]]);
  });

  it("makes a Secret whose name is not known where only the update tells it", async () => {
    const named = (name: unknown) => ({ metadata: METADATA, spec: { target: { name } } });
    for (const properties of [
      named(UNKNOWN),
      named(`made-${HOLE}`),
      { metadata: METADATA, spec: { target: UNKNOWN } },
      { metadata: METADATA, spec: UNKNOWN },
      { metadata: { name: UNKNOWN } },
      { metadata: UNKNOWN },
    ]) {
      assert.deepEqual(await namesOf(properties), [undefined], JSON.stringify(properties));
    }
    assert.deepEqual(await namesOf({ ...named("made"), metadata: { name: UNKNOWN } }), [["made"]]);
  });

  it("is a class of another provider, with the Secrets that it makes", async () => {
    const secretObjects = [{ secretName: "first" }, { secretName: "second", data: [] }, {}];
    const spec = { provider: "vault", secretObjects };
    assert.deepEqual(await deliveriesOf([CLASS, "resource", { metadata: METADATA, spec }]), [
      {
        urn: `urn:pulumi:test::eks-db-secrets::${CLASS}::resource`,
        kind: "SecretProviderClass",
        cluster: 0,
        namespace: "shop",
        name: "login",
        label: "SecretProviderClass shop/login",
        by: "the provider vault",
        secretNames: ["first", "second", ""],
        isClusterWide: false,
      },
    ]);
    const ofVault = (objects?: unknown) =>
      namesOf({ spec: { provider: "vault", secretObjects: objects } }, CLASS);
    assert.deepEqual(await ofVault(), [[]]);
    assert.deepEqual(await ofVault(UNKNOWN), [undefined]);
    assert.deepEqual(await ofVault([{ secretName: UNKNOWN }, { secretName: "a" }]), [undefined]);
    assert.deepEqual(await namesOf({ spec: { provider: "aws", secretObjects } }, CLASS), []);
  });
});

describe("whether another delivery may make a Secret", () => {
  const DELIVERY: OtherDelivery = {
    ...{ urn: "urn", kind: "ExternalSecret", name: "login", label: "", by: "" },
    ...{ cluster: 0, namespace: "shop", secretNames: ["made"], isClusterWide: false },
  };
  const may = (delivery: Partial<OtherDelivery>, secretName = "made") =>
    mayDeliver([{ ...DELIVERY, ...delivery }], { cluster: 0, namespace: "shop" }, secretName);

  it("depends on its cluster, its namespace and the names that it gives", () => {
    assert.equal(may({}), true);
    assert.equal(may({ secretNames: ["other", "made"] }), true);
    assert.equal(may({}, "other"), false);
    assert.equal(may({ cluster: 1 }), false);
    assert.equal(may({ namespace: "other" }), false);
    assert.equal(mayDeliver([], { cluster: 0, namespace: "shop" }, "made"), false);
  });

  it("is so where its namespace or its names are not known, or it chooses any namespace", () => {
    assert.equal(may({ secretNames: undefined }), true);
    assert.equal(may({ secretNames: undefined, namespace: "other" }), false);
    assert.equal(may({ namespace: LATE_NAMESPACE }), true);
    assert.equal(may({ namespace: "other", isClusterWide: true }), true);
    assert.equal(may({ namespace: "other", isClusterWide: true, cluster: 1 }), false);
  });

  it("is so where one of several does", () => {
    const place = { cluster: 0, namespace: "shop" };
    const other = { ...DELIVERY, secretNames: ["other"] };
    assert.equal(mayDeliver([other, DELIVERY], place, "made"), true);
  });
});

describe("whether the agent of Vault brings secrets into a pod", () => {
  it("is what its annotation says", () => {
    const takes = (annotations: Workload["annotations"]) =>
      takesFromVaultAgent({ annotations } as Workload);
    const key = "vault.hashicorp.com/agent-inject";
    assert.equal(takes({ [key]: "true" }), true);
    assert.equal(takes({ [key]: "false" }), false);
    assert.equal(takes({ [`${key}-status`]: "true" }), false);
    assert.equal(takes({}), false);
  });
});
