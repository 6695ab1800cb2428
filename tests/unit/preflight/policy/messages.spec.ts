import * as assert from "node:assert/strict";
import * as sdk from "@pulumi/pulumi/proto/analyzer_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as requests from "../../../../preflight/policy/protocol/requests";
import * as responses from "../../../../preflight/policy/protocol/responses";

const LEVELS = Object.entries(sdk.EnforcementLevel) as readonly [string, sdk.EnforcementLevel][];

const URN = "urn:pulumi:dev::shop::aws:rds/instance:Instance::orders";
const PROVIDER = "urn:pulumi:dev::shop::pulumi:providers:aws::default_7_48_0";

/** All that the engine says of a resource. */
function full(): sdk.AnalyzerResource {
  const options = new sdk.AnalyzerResourceOptions();
  options.setProtect(true);
  options.setDeletebeforereplace(true);
  options.setDeletebeforereplacedefined(true);
  options.setIgnorechangesList(["password", "tags"]);
  options.setAdditionalsecretoutputsList(["password"]);
  options.setAliasesList(["urn:old"]);
  options.setCustomtimeouts(new sdk.AnalyzerResourceOptions.CustomTimeouts());
  options.setParent("urn:parent-in-options");
  const provider = new sdk.AnalyzerProviderResource();
  provider.setUrn(PROVIDER);
  provider.setType("pulumi:providers:aws");
  provider.setName("default_7_48_0");
  provider.setProperties(Struct.fromJavaScript({ region: "eu-central-1" }));
  const dependencies = new sdk.AnalyzerPropertyDependencies();
  dependencies.setUrnsList(["urn:a", "urn:b"]);
  const message = new sdk.AnalyzerResource();
  message.setUrn(URN);
  message.setType("aws:rds/instance:Instance");
  message.setName("orders");
  message.setParent("urn:parent");
  message.setProperties(Struct.fromJavaScript({ engine: "postgres", port: 5432 }));
  message.setOptions(options);
  message.setProvider(provider);
  message.setDependenciesList(["urn:a", "urn:b"]);
  message.getPropertydependenciesMap().set("password", dependencies);
  return message;
}

describe("messages of the analyzer protocol, as the SDK has them", () => {
  it("are read: the resources of a stack", () => {
    const message = new sdk.AnalyzeStackRequest();
    message.setResourcesList([full(), new sdk.AnalyzerResource()]);
    assert.deepEqual(requests.readResources(message.serializeBinary()), [
      {
        urn: URN,
        type: "aws:rds/instance:Instance",
        parent: "urn:parent",
        properties: { engine: "postgres", port: 5432 },
        options: {
          ...{ protect: true, deleteBeforeReplace: true, parent: "urn:parent-in-options" },
          ...{ ignoreChanges: ["password", "tags"], aliases: ["urn:old"] },
        },
        provider: {
          ...{ urn: PROVIDER, type: "pulumi:providers:aws" },
          properties: { region: "eu-central-1" },
        },
        dependencies: ["urn:a", "urn:b"],
        propertyDependencies: new Map([["password", ["urn:a", "urn:b"]]]),
      },
      {
        ...{ urn: "", type: "", parent: "", properties: {}, dependencies: [] },
        options: {
          ...{ protect: false, deleteBeforeReplace: false, parent: "" },
          ...{ ignoreChanges: [], aliases: [] },
        },
        propertyDependencies: new Map(),
      },
    ]);
  });

  it("are read: the inputs of a resource", () => {
    const message = new sdk.AnalyzeRequest();
    message.setUrn(URN);
    message.setType("aws:rds/instance:Instance");
    message.setName("orders");
    message.setProperties(Struct.fromJavaScript({ engine: "postgres" }));
    message.setOptions(full().getOptions());
    message.setProvider(full().getProvider());
    assert.deepEqual(requests.readResourceInputs(message.serializeBinary()), {
      ...{ urn: URN, properties: { engine: "postgres" } },
    });
    assert.deepEqual(requests.readResourceInputs(new sdk.AnalyzeRequest().serializeBinary()), {
      ...{ urn: "", properties: {} },
    });
  });

  it("are read: how rules are enforced", () => {
    const message = new sdk.ConfigureAnalyzerRequest();
    for (const [rule, level] of LEVELS) {
      const config = new sdk.PolicyConfig();
      config.setEnforcementlevel(level);
      config.setProperties(Struct.fromJavaScript({ a: [1] }));
      message.getPolicyconfigMap().set(rule, config);
    }
    assert.deepEqual(requests.readEnforcementLevels(message.serializeBinary()), new Map(LEVELS));
  });

  it("are read: the configuration of a stack", () => {
    const message = new sdk.AnalyzerStackConfigureRequest();
    message.setStack("dev");
    message.setProject("shop");
    message.setOrganization("organization");
    message.setDryRun(true);
    message.setConfigSecretKeysList(["shop:token"]);
    message.getConfigMap().set("aws:region", "eu-central-1").set("shop:empty", "");
    message.getTagsMap().set("owner", "team");
    assert.deepEqual(requests.readStackConfiguration(message.serializeBinary()), {
      ...{ "aws:region": "eu-central-1", "shop:empty": "" },
    });
  });

  it("are written: levels of enforcement in their order", () => {
    assert.deepEqual(
      Object.fromEntries(
        responses.ENFORCEMENT_LEVELS.map((name, level) => [name.toUpperCase(), level]),
      ),
      sdk.EnforcementLevel,
    );
  });

  it("are written: what a pack is", () => {
    const policy = { name: "tls-not-verified", description: "why", message: "remedy" } as const;
    const written = responses.writePackInfo({
      ...{ name: "pack", displayName: "Pack", description: "what for", version: "1.2.3" },
      policies: [
        { ...policy, url: "https://example.com", enforcement: "mandatory", severity: "error" },
        { ...policy, url: "https://example.com", enforcement: "advisory", severity: "note" },
      ],
    });
    const info = sdk.AnalyzerInfo.deserializeBinary(written).toObject();
    const common = {
      ...{ name: "tls-not-verified", displayname: "tls-not-verified", description: "why" },
      ...{ message: "remedy", remediationSteps: "remedy", url: "https://example.com" },
      ...{ policyType: sdk.PolicyType.POLICY_TYPE_STACK, tagsList: [] },
      ...{ configschema: undefined, framework: undefined },
    };
    assert.deepEqual(info, {
      ...{ name: "pack", displayname: "Pack", description: "what for", version: "1.2.3" },
      ...{ supportsconfig: true, initialconfigMap: [], readme: "", provider: "" },
      ...{ tagsList: [], repository: "" },
      policiesList: [
        {
          ...common,
          enforcementlevel: sdk.EnforcementLevel.MANDATORY,
          severity: sdk.PolicySeverity.POLICY_SEVERITY_HIGH,
        },
        {
          ...common,
          enforcementlevel: sdk.EnforcementLevel.ADVISORY,
          severity: sdk.PolicySeverity.POLICY_SEVERITY_LOW,
        },
      ],
    });
  });

  it("are written: what a plugin is", () => {
    assert.equal(
      PluginInfo.deserializeBinary(responses.writePluginInfo("1.2.3")).getVersion(),
      "1.2.3",
    );
  });

  it("are written: violations", () => {
    const violation: responses.Diagnostic = {
      ...{ policy: "tls-not-verified", pack: "pack", packVersion: "1.2.3" },
      ...{ description: "why", message: "geändert", enforcement: "mandatory" },
      severity: "warning",
    };
    const written = responses.writeDiagnostics([{ ...violation, urn: URN }, violation]);
    const read = {
      ...{ policyname: "tls-not-verified", policypackname: "pack", policypackversion: "1.2.3" },
      ...{ description: "why", message: "geändert" },
      enforcementlevel: sdk.EnforcementLevel.MANDATORY,
      severity: sdk.PolicySeverity.POLICY_SEVERITY_MEDIUM,
    };
    assert.deepEqual(sdk.AnalyzeResponse.deserializeBinary(written).toObject(), {
      diagnosticsList: [
        { ...read, urn: URN },
        { ...read, urn: "" },
      ],
      notApplicableList: [],
    });
  });
});
