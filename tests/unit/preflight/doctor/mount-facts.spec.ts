import * as assert from "node:assert/strict";
import { providerClassOf } from "../../../../preflight/doctor/facts/classes";
import type { Install } from "../../../../preflight/doctor/facts/drivers";
import { Clusters, ObjectIndex } from "../../../../preflight/doctor/facts/location";
import { contentOf, mountsOf, type MountSources } from "../../../../preflight/doctor/facts/mounts";
import { References } from "../../../../preflight/doctor/facts/references";
import { Secrets } from "../../../../preflight/doctor/facts/secrets";
import { workloadOf } from "../../../../preflight/doctor/facts/workloads";
import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { registeredWith } from "./registered";

const CLASS = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";
const SECRET = "aws:secretsmanager/secret:Secret";
const PARAMETER = "aws:ssm/parameter:Parameter";
const POD = "kubernetes:core/v1:Pod";
const EMPTY = {
  ...{ objectAlias: "", objectVersion: "", objectVersionLabel: "", objectType: "" },
  ...{ filePermission: "", jmesPath: [] },
  failoverObject: { objectName: "", objectVersion: "", objectVersionLabel: "" },
};

const INSTALL: Install = {
  ...{ urn: "urn-of-install", name: "provider", method: "provider chart", cluster: 0 },
  ...{ version: undefined, installsDriver: true, installsProvider: true, valuesKnown: true },
  ...{ values: {}, driverValues: {}, audiences: [], providerTolerations: [] },
};

const objectsOf = (...objects: readonly object[]): string => JSON.stringify(objects);
const secret = (objectName: string, more: object = {}) => ({
  ...{ objectName, objectType: "secretsmanager", ...more },
});

/** A class with those parameters among the resources that it may name. */
async function sourcesOf(parameters: object, installs: readonly Install[] = []) {
  const registrations = await registeredWith(
    [CLASS, "login", { metadata: { name: "login" }, spec: { provider: "aws", parameters } }],
    [SECRET, "secret", { name: "prod/login" }],
    [PARAMETER, "parameter", { name: "level", type: "String", value: "debug" }],
  );
  const clusters = new Clusters(registrations);
  const references = new References(registrations);
  const place = { region: "eu-central-1", partition: "aws", accountId: "123456789012" };
  const secrets = new Secrets(registrations, new Map(), references, place);
  const [registration] = registrations;
  const providerClass = registration && providerClassOf(registration, clusters);
  assert.ok(providerClass);
  const sources: MountSources = { secrets, installs, region: "eu-central-1" };
  return { providerClass, sources, secrets, clusters, references };
}

async function content(
  parameters: object,
  installs: readonly Install[] = [],
  attributes?: Readonly<Record<string, string>>,
) {
  const { providerClass, sources } = await sourcesOf(parameters, installs);
  const { objects, refusal, ...rest } = contentOf(providerClass, sources, attributes);
  const { mode, region } = rest;
  return { mode, region, refusal, names: objects.map(({ descriptor }) => descriptor.objectName) };
}

describe("what a class asks for", () => {
  it("is secrets and parameters, with what the program has of each", async () => {
    const parameters = {
      objects: objectsOf(
        secret("prod/login"),
        secret("elsewhere"),
        { objectName: "level", objectType: "ssmparameter" },
        { objectName: "unheard", objectType: "ssmparameter" },
        // Each service has names of its own.
        secret("level", { objectAlias: "a" }),
        { objectName: "prod/login", objectType: "ssmparameter", objectAlias: "b" },
      ),
    };
    const { providerClass, sources, secrets } = await sourcesOf(parameters);
    const stored = secrets.find("prod/login");
    const parameter = secrets.parameter("level");
    assert.ok(stored && parameter);
    const nothing = { secret: undefined, value: undefined };
    const object = (service: string, objectName: string, more: object = {}) => ({
      descriptor: { ...EMPTY, objectName, objectType: service, ...more },
      service,
      ...nothing,
    });
    assert.deepEqual(contentOf(providerClass, sources), {
      providerClass,
      parameters,
      mode: "IRSA",
      region: "eu-central-1",
      refusal: undefined,
      objects: [
        { ...object("secretsmanager", "prod/login"), secret: stored, value: stored },
        object("secretsmanager", "elsewhere"),
        { ...object("ssmparameter", "level"), value: parameter },
        object("ssmparameter", "unheard"),
        object("secretsmanager", "level", { objectAlias: "a" }),
        object("ssmparameter", "prod/login", { objectAlias: "b" }),
      ],
    });
  });

  it("is in the region that it says, else the provider's, else the program's", async () => {
    const objects = objectsOf(secret("a"));
    const installs = [
      { ...INSTALL, cluster: 1, values: { awsRegion: "us-east-1" } },
      { ...INSTALL, installsProvider: false, values: { awsRegion: "us-east-2" } },
      { ...INSTALL, values: { awsRegion: "eu-west-1" } },
    ];
    const region = async (...given: Parameters<typeof content>) => (await content(...given)).region;
    assert.equal(await region({ objects, region: "eu-north-1" }, installs), "eu-north-1");
    assert.equal(await region({ objects }, installs), "eu-west-1");
    assert.equal(await region({ objects, region: "" }, installs), "eu-west-1");
    assert.equal(await region({ objects }, installs, { region: "eu-west-3" }), "eu-west-3");
    for (const awsRegion of [undefined, "", 1, UNKNOWN]) {
      const install = { ...INSTALL, values: { awsRegion } };
      assert.equal(await region({ objects }, [install]), "eu-central-1");
    }
    assert.equal(await region({ objects }, installs.slice(0, 2)), "eu-central-1");
  });

  it("is nothing where the provider refuses it, for the reason that it gives", async () => {
    const refusal = async (...given: Parameters<typeof content>) => {
      const { refusal: reason, names } = await content(...given);
      assert.deepEqual(names, reason === undefined ? ["a"] : []);
      return reason;
    };
    const objects = objectsOf(secret("a"));
    assert.equal(await refusal({ objects }), undefined);
    assert.equal(
      await refusal({ objects: objectsOf(secret("")) }),
      "Object name must be specified",
    );
    assert.match((await refusal({ objects, pathTranslation: "long" })) ?? "", /pathTranslation/);
    const failover = { objectAlias: "x", failoverObject: { objectName: "a" } };
    const both = objectsOf(secret("a", failover));
    assert.equal(await refusal({ objects: both, failoverRegion: "eu-west-1" }), undefined);
    const reason = "failover object allowed only when failover region is defined: a";
    assert.equal(await refusal({ objects: both }), reason);
    const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-abcdef";
    const far = objectsOf(secret("a", { ...failover, failoverObject: { objectName: arn } }));
    assert.equal(await refusal({ objects: far, failoverRegion: "eu-west-1" }), undefined);
    assert.equal(
      await refusal({ objects: objectsOf(secret(arn)) }),
      `ARN region must match region eu-central-1: ${arn}`,
    );
  });

  it("is nothing where it names no objects", async () => {
    const { providerClass, sources } = await sourcesOf({ region: "eu-west-1" });
    const none = contentOf({ ...providerClass, isUndecided: false }, sources);
    assert.deepEqual([none.objects, none.refusal], [[], undefined]);
  });

  it("is not known, and not refused, where the class is not decided", async () => {
    const { refusal, names } = await content({ objects: UNKNOWN });
    assert.deepEqual([names, refusal], [[], undefined]);
    const known = await content({ objects: objectsOf(secret("a")), region: UNKNOWN });
    assert.deepEqual([known.names, known.refusal], [[], undefined]);
  });
});

describe("the mounts of a program", () => {
  it("are the volumes whose class is in it, with their attributes over its parameters", async () => {
    const parameters = { objects: objectsOf(secret("prod/login")), usePodIdentity: "false" };
    const { providerClass, sources, clusters, references } = await sourcesOf(parameters);
    const volume = (name: string, volumeAttributes: object) => ({
      ...{ name, csi: { driver: "secrets-store.csi.k8s.io", volumeAttributes } },
    });
    const volumes = [
      volume("plain", { secretProviderClass: "login" }),
      volume("other", { secretProviderClass: "elsewhere" }),
      volume("own", { secretProviderClass: "login", usePodIdentity: "true" }),
    ];
    const [registration] = await registeredWith([POD, "app", { spec: { volumes } }]);
    const workload = registration && workloadOf(registration, clusters, references);
    assert.ok(workload);
    const [plain, , own] = workload.volumes;
    const common = contentOf(providerClass, sources);
    assert.deepEqual(mountsOf([workload], new ObjectIndex([providerClass]), sources), [
      { workload, volume: plain, ...common },
      {
        ...{ workload, volume: own, ...common, mode: "Pod Identity" },
        parameters: { ...parameters, usePodIdentity: "true" },
      },
    ]);
  });
});
