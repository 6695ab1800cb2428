import { UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import type { Draft } from "./draft";
import { describeRule } from "./examples";

const CLASS = "orders-api-secrets";
const DEPLOYMENT = "orders-api-deployment";
const POD = ["spec", "template", "spec"] as const;
const ENV = [...POD, "containers", 0, "env"] as const;
const SECRETS_V1 = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";

/** Sets the path of one of the files. */
const path = (alias: string, value: string) => (draft: Draft) =>
  draft.objects(([{ jmesPath }]) => {
    for (const entry of jmesPath) if (entry.objectAlias === alias) entry.path = value;
  });
const secretString = (value: string) => (draft: Draft) =>
  draft.set("orders-connection-value", ["secretString"], value);
const KEYS =
  "the keys engine, host, port, dbname, username, password, dbInstanceIdentifier and ssl";
const parameter = (name: string, value: string) => (draft: Draft) =>
  draft.set(CLASS, ["spec", "parameters", name], value);
const isSecrets = ({ name }: { name: string }) => name === "secrets";

/** The app reads the secret that RDS makes for the master user. */
const managedSecret = (draft: Draft): Draft => {
  const secretArn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-1-a1B2c3";
  return draft
    .set("orders-instance", ["masterUserSecrets"], [{ secretArn, secretStatus: "active" }])
    .objects(([entry]) => Object.assign(entry, { objectName: secretArn }));
};

describeRule("key-missing", {
  finds: [
    {
      plant: path("DB_HOST", "hostname"),
      messages: [
        `the path "hostname" of the file "DB_HOST" finds nothing in the secret prod/orders, which has ${KEYS}`,
      ],
    },
    {
      plant: secretString("{}"),
      messages: ["host", "port && to_string(port)", "username", "password", "dbname"].map(
        (expression, index) =>
          `the path "${expression}" of the file "${["DB_HOST", "DB_PORT", "DB_USERNAME", "DB_PASSWORD", "db-name"][index]}" finds nothing in the secret prod/orders, which has no keys`,
      ),
    },
    {
      // What RDS manages holds the login alone: terraform-aws-modules/terraform-aws-rds 501.
      plant: managedSecret,
      messages: ["host", "port && to_string(port)", "dbname"].map(
        (expression, index) =>
          `the path "${expression}" of the file "${["DB_HOST", "DB_PORT", "db-name"][index]}" finds nothing in the secret rds!db-1, which has the keys username and password`,
      ),
    },
  ],
  passes: [
    { plant: path("DB_HOST", "join('-', [host, dbname])") },
    // Of a secret whose value is not in the program nobody knows the keys.
    { plant: (draft) => path("DB_HOST", "hostname")(draft).remove("orders-connection-value") },
  ],
});

describeRule("value-not-string", {
  finds: [
    {
      plant: path("DB_PORT", "port"),
      messages: [
        'the path "port" of the file "DB_PORT" does not give a string in the secret prod/orders',
      ],
    },
    {
      plant: path("DB_HOST", "@"),
      messages: [
        'the path "@" of the file "DB_HOST" does not give a string in the secret prod/orders',
      ],
    },
  ],
  passes: [{ plant: path("DB_PORT", "to_string(port)") }],
});

describeRule("jmespath-invalid", {
  finds: [
    ...["join('', [host, port])", "join('', [host, name])"].map((expression) => ({
      plant: path("DB_HOST", expression),
      messages: [
        `the path "${expression}" of the file "DB_HOST" from the secret prod/orders calls a function with what it does not take, such as a number or a missing key`,
      ],
    })),
    {
      plant: path("DB_HOST", "db-host"),
      messages: [
        'the path "db-host" of the file "DB_HOST" from the secret prod/orders is no JMESPath expression',
      ],
    },
    {
      plant: (draft) => path("DB_HOST", ".host")(draft).remove("orders-connection-value"),
      messages: [
        'the path ".host" of the file "DB_HOST" from the secret prod/orders is no JMESPath expression',
      ],
    },
  ],
  passes: [
    { plant: path("DB_HOST", '"db-host"') },
    { plant: path("DB_HOST", "join('', [host, name || ''])") },
  ],
});

describeRule("jmespath-crash", {
  finds: [
    {
      plant: path("DB_HOST", "merge(@, extra).host"),
      messages: [
        'the provider on the node dies on the path "merge(@, extra).host" of the file "DB_HOST" from the secret prod/orders',
      ],
    },
    {
      plant: (draft) =>
        path(
          "DB_HOST",
          "contains(hosts, {a: host}) && 'x' || 'y'",
        )(draft).set(
          "orders-connection-value",
          ["secretString"],
          '{"hosts":[{"a":"b"}],"host":"b"}',
        ),
      messages: [
        `the provider on the node dies on the path "contains(hosts, {a: host}) && 'x' || 'y'" of the file "DB_HOST" from the secret prod/orders`,
      ],
    },
  ],
  passes: [
    { plant: path("DB_HOST", "merge(@, extra || `{}`).host") },
    // Of a secret that is not in the program nobody knows what the expression meets.
    {
      plant: (draft) =>
        path("DB_HOST", "merge(@, extra).host")(draft).remove("orders-connection-value"),
    },
  ],
});

/** A second entry, from the Parameter Store. */
const parameterEntry = (entry: object) => (draft: Draft) =>
  draft.objects((objects) => objects.push({ objectType: "ssmparameter", ...entry }));

describeRule("parameter-version-in-name", {
  finds: [
    {
      plant: parameterEntry({ objectName: "/shop/url:1" }),
      messages: [
        'SecretProviderClass orders/orders-api has a version or label in the objectName "/shop/url:1", and the provider on the node dies on it',
      ],
    },
    {
      plant: parameterEntry({
        objectName: "arn:aws:ssm:eu-central-1:123456789012:parameter/shop/url:live",
      }),
      messages: [
        'SecretProviderClass orders/orders-api has a version or label in the objectName "arn:aws:ssm:eu-central-1:123456789012:parameter/shop/url:live", and the provider on the node dies on it',
      ],
    },
  ],
  passes: [
    { plant: parameterEntry({ objectName: "/shop/url", objectVersion: "1" }) },
    {
      plant: parameterEntry({
        objectName: "arn:aws:ssm:eu-central-1:123456789012:parameter/shop/url",
      }),
    },
  ],
});

describeRule("value-varies", {
  finds: [
    {
      plant: path("DB_HOST", "join(',', keys(@))"),
      messages: [
        `the path "join(',', keys(@))" of the file "DB_HOST" gives another text at each mount, because the order of keys is random`,
      ],
    },
  ],
  passes: [
    { plant: path("DB_HOST", "join(',', sort(keys(@)))") },
    { plant: path("DB_HOST", "to_string(@)") },
    { plant: (draft) => path("DB_HOST", "keys(@)[0]")(draft).remove("orders-connection-value") },
  ],
});

describeRule("secret-not-json", {
  finds: [
    {
      plant: (draft) =>
        secretString("bare password")(draft).objects(([{ jmesPath }]) => jmesPath.splice(1)),
      messages: [
        'the path "host" of the file "DB_HOST" needs JSON, and the secret prod/orders is plain text',
      ],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        secretString("bare password")(draft).objects(([object]) => delete object.jmesPath),
    },
  ],
});

describeRule("secret-written-twice", {
  finds: [
    {
      plant: (draft) => draft.copy("orders-connection-value", "other"),
      messages: ["the secret prod/orders gets its value from orders-connection-value and other"],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        draft
          .copy("orders-connection-value", "other")
          .set("other", ["versionStages"], ["AWSPENDING"]),
    },
  ],
});

describeRule("class-refused", {
  finds: [
    {
      plant: (draft) => draft.objects(([object]) => delete object.objectType),
      messages: [
        "SecretProviderClass orders/orders-api cannot be mounted: Must use objectType when a full ARN is not specified: prod/orders",
      ],
    },
    {
      plant: parameter("usePodIdentity", "yes"),
      messages: [
        'SecretProviderClass orders/orders-api cannot be mounted: failed to parse usePodIdentity value, error: strconv.ParseBool: parsing "yes": invalid syntax',
      ],
    },
    {
      plant: (draft) =>
        draft.objects(([object]) => {
          object.objectName =
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/orders-AbCdEf";
        }),
      messages: [
        "SecretProviderClass orders/orders-api cannot be mounted: ARN region must match region eu-central-1: arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/orders-AbCdEf",
      ],
    },
    {
      // The volume's attributes win over the class.
      plant: (draft) =>
        draft.set(DEPLOYMENT, [...POD, "volumes", 0, "csi", "volumeAttributes", "objects"], "- {"),
      messages: [
        "SecretProviderClass orders/orders-api cannot be mounted: Failed to load SecretProviderClass: error converting YAML to JSON: yaml: line 1: did not find expected node content",
      ],
    },
  ],
  passes: [
    { plant: parameter("usePodIdentity", "T") },
    // Not a matter of the class: other rules speak of it.
    { plant: path("DB_HOST", "hostname") },
  ],
});

describeRule("file-name-twice", {
  finds: [
    {
      plant: (draft) =>
        draft.objects(([{ jmesPath }]) => {
          jmesPath[0].objectAlias = "a/b";
          jmesPath[1].objectAlias = "a_b";
        }),
      messages: [
        'more than one entry of SecretProviderClass orders/orders-api is written to the file "a_b"',
      ],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        parameter(
          "pathTranslation",
          "-",
        )(draft).objects(([{ jmesPath }]) => {
          jmesPath[0].objectAlias = "a/b";
          jmesPath[1].objectAlias = "a_b";
        }),
    },
  ],
});

describeRule("synced-file-missing", {
  finds: [
    {
      plant: (draft) =>
        draft.objects(([{ jmesPath }]) => {
          jmesPath[0].objectAlias = "HOST";
        }),
      messages: [
        'the key DB_HOST of the Secret orders-api-env is to come from the file "DB_HOST", which SecretProviderClass orders/orders-api does not write; it writes "secret.json", "HOST", "DB_PORT", "DB_USERNAME", "DB_PASSWORD", "db-name" and "pg_service.conf"',
      ],
    },
    {
      plant: (draft) =>
        draft
          .objects(([entry]) => {
            entry.jmesPath = Array.from({ length: 9 }, (_, index) => ({
              path: "host",
              objectAlias: `host-${index}`,
            }));
          })
          .set(CLASS, ["spec", "secretObjects", 0, "data"], [{ objectName: "host", key: "host" }]),
      messages: [
        'the key host of the Secret orders-api-env is to come from the file "host", which SecretProviderClass orders/orders-api does not write; it writes "secret.json", "host-0", "host-1", "host-2", "host-3", "host-4", "host-5", "host-6" and 2 more',
      ],
    },
  ],
  passes: [
    // The driver trims the name.
    {
      plant: (draft) =>
        draft.set(CLASS, ["spec", "secretObjects", 0, "data", 0, "objectName"], " DB_HOST "),
    },
  ],
});

describeRule("sync-refused", {
  finds: [
    {
      plant: (draft) => draft.set(CLASS, ["spec", "secretObjects", 0, "type"], ""),
      messages: ["SecretProviderClass orders/orders-api cannot be synced: secret type is empty"],
    },
    {
      plant: (draft) => draft.set(CLASS, ["spec", "secretObjects", 0, "secretName"], ""),
      messages: ["SecretProviderClass orders/orders-api cannot be synced: secret name is empty"],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        draft.set(CLASS, ["spec", "secretObjects", 0, "type"], "kubernetes.io/basic-auth"),
    },
  ],
});

const withVolume = (volume: object) => (draft: Draft) =>
  draft.edit(DEPLOYMENT, [...POD, "volumes"], (volumes) => [...volumes, volume]);

describeRule("env-key-missing", {
  finds: [
    // Of Argo, Knative and OpenKruise, with the template of a Deployment.
    ...[
      ["Rollout", "kubernetes:argoproj.io/v1alpha1:Rollout"],
      ["Service", "kubernetes:serving.knative.dev/v1:Service"],
      ["CloneSet", "kubernetes:apps.kruise.io/v1alpha1:CloneSet"],
    ].map(([kind, type]) => ({
      plant: (draft: Draft) =>
        draft
          .copy(DEPLOYMENT, "other-kind", { type: type ?? "" })
          .remove(DEPLOYMENT)
          .set("other-kind", [...ENV, 0, "valueFrom", "secretKeyRef", "key"], "HOST"),
      messages: [
        `variable DB_HOST of ${kind ?? ""} orders/orders-api takes the key HOST of the Secret orders-api-env, which has DB_HOST, DB_PORT, DB_USERNAME and DB_PASSWORD`,
      ],
    })),
    {
      plant: (draft) =>
        draft.set(DEPLOYMENT, [...ENV, 0, "valueFrom", "secretKeyRef", "key"], "HOST"),
      messages: [
        "variable DB_HOST of Deployment orders/orders-api takes the key HOST of the Secret orders-api-env, which has DB_HOST, DB_PORT, DB_USERNAME and DB_PASSWORD",
      ],
    },
    ...[
      { secret: { secretName: "orders-api-env", items: [{ key: "HOST", path: "host" }] } },
      {
        projected: {
          sources: [{ secret: { name: "orders-api-env", items: [{ key: "HOST", path: "host" }] } }],
        },
      },
    ].map((source) => ({
      plant: withVolume({ name: "login", ...source }),
      messages: [
        "volume login of Deployment orders/orders-api takes the key HOST of the Secret orders-api-env, which has DB_HOST, DB_PORT, DB_USERNAME and DB_PASSWORD",
      ],
    })),
  ],
  passes: [
    {
      plant: (draft) =>
        draft.set(DEPLOYMENT, [...ENV, 0, "valueFrom", "secretKeyRef"], {
          ...{ name: "orders-api-env", key: "HOST", optional: true },
        }),
    },
    {
      plant: (draft) =>
        draft.set(
          DEPLOYMENT,
          [...POD, "containers", 0, "envFrom"],
          [{ secretRef: { name: "orders-api-env" } }],
        ),
    },
    {
      plant: withVolume({
        name: "login",
        secret: { secretName: "orders-api-env", items: [{ key: "DB_HOST", path: "host" }] },
      }),
    },
  ],
});

const withoutVolume = (draft: Draft) =>
  draft.edit(DEPLOYMENT, [...POD, "volumes"], (volumes) =>
    volumes.filter((volume: { name: string }) => !isSecrets(volume)),
  );

describeRule("volume-missing", {
  finds: [
    {
      plant: withoutVolume,
      messages: ["DB_HOST", "DB_PORT", "DB_USERNAME", "DB_PASSWORD"].map(
        (variable) =>
          `variable ${variable} of Deployment orders/orders-api takes the Secret orders-api-env, which exists only while a pod mounts SecretProviderClass orders/orders-api, and this one has no such volume`,
      ),
    },
  ],
  passes: [{ plant: (draft) => withoutVolume(draft).set(DEPLOYMENT, ENV, []) }],
});

/** A second class, and what the pod mounts. */
const otherClass = (draft: Draft, mounted: string) =>
  draft
    .copy(CLASS, "other")
    .set("other", ["metadata", "name"], "other")
    .set("other", ["spec", "secretObjects", 0, "secretName"], "other-env")
    .set(
      DEPLOYMENT,
      [...POD, "volumes", 0, "csi", "volumeAttributes", "secretProviderClass"],
      mounted,
    );

describeRule("env-secret-not-mounted", {
  finds: [
    {
      plant: (draft) =>
        otherClass(draft, "other").edit(DEPLOYMENT, ENV, (env) => env.toSpliced(1, 1)),
      messages: ["DB_HOST", "DB_USERNAME", "DB_PASSWORD"].map(
        (variable) =>
          `variable ${variable} of Deployment orders/orders-api takes the Secret orders-api-env, which SecretProviderClass orders/orders-api makes, and this pod mounts another class`,
      ),
    },
  ],
  passes: [{ plant: (draft) => otherClass(draft, "orders-api") }],
});

const envFrom = (draft: Draft, name: string) =>
  draft.set(DEPLOYMENT, [...POD, "containers", 0, "envFrom"], [{ secretRef: { name } }]);

/** Objects by which others make a Secret `made-otherwise`, if their own name says nothing else. */
const OTHER_SYSTEMS: readonly (readonly [type: string, spec: unknown])[] = [
  ["kubernetes:external-secrets.io/v1:ExternalSecret", { target: { name: "made-otherwise" } }],
  ["kubernetes:external-secrets.io/v1beta1:ExternalSecret", { target: { name: UNKNOWN } }],
  ["kubernetes:external-secrets.io/v1:ClusterExternalSecret", {}],
  ["kubernetes:bitnami.com/v1alpha1:SealedSecret", {}],
  [
    "kubernetes:secrets.hashicorp.com/v1beta1:VaultStaticSecret",
    { destination: { name: "made-otherwise" } },
  ],
  ["kubernetes:onepassword.com/v1:OnePasswordItem", {}],
  [SECRETS_V1, { provider: "azure", secretObjects: [{ secretName: "made-otherwise" }] }],
  [SECRETS_V1, { provider: "vault", secretObjects: UNKNOWN }],
];

describeRule("env-secret-unknown", {
  finds: [
    {
      plant: (draft) => envFrom(draft, "from-elsewhere"),
      messages: [
        "envFrom of Deployment orders/orders-api takes the Secret from-elsewhere, which nothing in this program makes",
      ],
    },
    {
      plant: (draft) =>
        envFrom(draft, "from-elsewhere")
          .add("kubernetes:external-secrets.io/v1:ExternalSecret", "another", {
            metadata: { name: "from-elsewhere", namespace: "orders" },
            spec: { target: { name: "another" } },
          })
          .add("kubernetes:external-secrets.io/v1:ExternalSecret", "other-namespace", {
            metadata: { name: "from-elsewhere", namespace: "shop" },
          }),
      messages: [
        "envFrom of Deployment orders/orders-api takes the Secret from-elsewhere, which nothing in this program makes",
      ],
    },
    // Examples for other providers have it.
    {
      plant: (draft) =>
        draft.set(DEPLOYMENT, [...POD, "volumes", 0, "csi", "nodePublishSecretRef"], {
          name: "credentials",
        }),
      messages: [
        "nodePublishSecretRef of the volume secrets of Deployment orders/orders-api takes the Secret credentials, which nothing in this program makes",
      ],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        envFrom(draft, "made-here").add("kubernetes:core/v1:Secret", "made", {
          metadata: { name: "made-here", namespace: "orders" },
        }),
    },
    // A class makes it that another pod mounts.
    {
      plant: (draft) =>
        envFrom(draft, "made-by-another")
          .copy(CLASS, "another")
          .set("another", ["metadata", "name"], "another")
          .set("another", ["spec", "secretObjects", 0, "secretName"], "made-by-another"),
    },
    // It may be that of a class in an unknown namespace.
    {
      plant: (draft) =>
        draft
          .set(CLASS, ["metadata", "namespace"], UNKNOWN)
          .set(CLASS, ["spec", "secretObjects", 0, "secretName"], "orders-api-env"),
    },
    // What a pod without a volume of the driver takes comes from elsewhere.
    {
      plant: (draft) => envFrom(draft, "from-elsewhere").set(DEPLOYMENT, [...POD, "volumes"], []),
    },
    {
      plant: (draft) =>
        envFrom(draft, "from-elsewhere").set(DEPLOYMENT, [...POD, "volumes", 1], UNKNOWN),
    },
    // A class that is not where it is looked for, or of which something is not known, may make it.
    {
      plant: (draft) =>
        envFrom(draft, "from-elsewhere").edit(DEPLOYMENT, [...POD, "volumes"], (volumes) => [
          ...volumes,
          {
            name: "more",
            csi: {
              driver: "secrets-store.csi.k8s.io",
              readOnly: true,
              volumeAttributes: { secretProviderClass: "elsewhere" },
            },
          },
        ]),
    },
    {
      plant: (draft) =>
        envFrom(draft, "from-elsewhere").set(CLASS, ["spec", "parameters", "region"], UNKNOWN),
    },
    ...OTHER_SYSTEMS.map(([type, spec]) => ({
      plant: (draft: Draft) =>
        envFrom(draft, "made-otherwise").add(type, "made", {
          metadata: { name: "made-otherwise", namespace: "orders" },
          spec,
        }),
    })),
  ],
});

describeRule("delivered-otherwise", {
  finds: [
    {
      plant: (draft) => {
        for (const [type, spec] of OTHER_SYSTEMS) {
          draft.add(type, `${type} ${JSON.stringify(spec)}`, {
            metadata: { name: "login", namespace: "shop" },
            spec,
          });
        }
      },
      messages: [
        "ExternalSecret shop/login is for the External Secrets Operator, and is not checked",
        "ExternalSecret shop/login is for the External Secrets Operator, and is not checked",
        "ClusterExternalSecret shop/login is for the External Secrets Operator, and is not checked",
        "SealedSecret shop/login is for Sealed Secrets, and is not checked",
        "VaultStaticSecret shop/login is for the Vault Secrets Operator, and is not checked",
        "OnePasswordItem shop/login is for the 1Password operator, and is not checked",
        "SecretProviderClass shop/login is for the provider azure, and is not checked",
        "SecretProviderClass shop/login is for the provider vault, and is not checked",
      ],
    },
    {
      plant: (draft) =>
        draft.set(
          "orders-api-deployment",
          ["spec", "template", "metadata", "annotations", "vault.hashicorp.com/agent-inject"],
          "true",
        ),
      messages: [
        "Deployment orders/orders-api has files from the Vault Agent, which are not checked",
      ],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        draft
          .add("kubernetes:external-secrets.io/v1:ClusterSecretStore", "store", {})
          .add("kubernetes:example.com/v1:ExternalSecret", "another", {}),
    },
  ],
});

describeRule("class-in-other-namespace", {
  finds: [
    {
      plant: (draft) => draft.set(CLASS, ["metadata", "namespace"], "secrets"),
      messages: [
        "Deployment orders/orders-api mounts the class orders-api, which is not in its namespace; there is SecretProviderClass secrets/orders-api",
      ],
    },
    {
      plant: (draft) =>
        draft
          .copy(CLASS, "another")
          .set("another", ["metadata", "name"], "another")
          .copy(CLASS, "elsewhere")
          .set("elsewhere", ["metadata"], { name: "another", namespace: "secrets" })
          .set(CLASS, ["metadata", "namespace"], "secrets"),
      messages: [
        "Deployment orders/orders-api mounts the class orders-api, which is not in its namespace; there is SecretProviderClass secrets/orders-api",
      ],
    },
  ],
  passes: [
    { plant: (draft) => draft.set(CLASS, ["metadata", "name"], "another") },
    // Here, but in another cluster: another rule's matter.
    {
      plant: (draft) =>
        draft
          .copy(CLASS, "here", { provider: "" })
          .set(CLASS, ["metadata", "namespace"], "secrets"),
    },
    {
      plant: (draft) => draft.copy(CLASS, "other").set("other", ["metadata", "namespace"], "other"),
    },
    // The default provider puts it where the stack's configuration says.
    {
      plant: (draft) =>
        draft
          .copy(CLASS, "its-own", { provider: "" })
          .copy(DEPLOYMENT, "another", { provider: "" })
          .set("its-own", ["metadata", "namespace"], undefined),
      context: { kubernetesNamespace: "orders" },
    },
  ],
});

describeRule("class-not-found", {
  finds: [
    {
      plant: (draft) => draft.set(CLASS, ["metadata", "name"], "orders"),
      messages: [
        'Deployment orders/orders-api mounts the class "orders-api", which is not in this program',
      ],
    },
    // One of another name, kind or place that the program reads is not it.
    ...[
      { type: SECRETS_V1, id: "orders/another" },
      { type: SECRETS_V1, id: "shop/orders-api" },
      { type: "kubernetes:core/v1:Secret", id: "orders/orders-api" },
    ].map(({ type, id }) => ({
      plant: (draft: Draft) =>
        draft.copy(DEPLOYMENT, "its-own", { provider: "" }).remove(DEPLOYMENT).remove(CLASS),
      context: { reads: [{ urn: "", type, name: "own", id, provider: "" }] },
      messages: [
        'Deployment orders/orders-api mounts the class "orders-api", which is not in this program',
      ],
    })),
  ],
  passes: [
    { plant: (draft) => draft.set(CLASS, ["metadata", "namespace"], "secrets") },
    // Another class beside it changes nothing.
    { plant: (draft) => draft.copy(CLASS, "other").set("other", ["metadata", "name"], "other") },
    // The program reads it: it is there.
    {
      plant: (draft) =>
        draft.copy(DEPLOYMENT, "its-own", { provider: "" }).remove(DEPLOYMENT).remove(CLASS),
      context: {
        reads: [{ urn: "", type: SECRETS_V1, name: "own", id: "orders/orders-api", provider: "" }],
      },
    },
  ],
});

describeRule("class-version-deprecated", {
  finds: [
    {
      plant: (draft) =>
        draft.copy(CLASS, "old", { type: SECRETS_V1.replace("/v1:", "/v1alpha1:") }).remove(CLASS),
      messages: ["SecretProviderClass orders/orders-api is of the deprecated version v1alpha1"],
    },
  ],
  passes: [{ plant: (draft) => draft.copy(CLASS, "another", { type: SECRETS_V1 }) }],
});

const ANNOTATIONS = ["spec", "template", "metadata", "annotations"] as const;
const annotated = (annotations: object) => (draft: Draft) =>
  draft.set(DEPLOYMENT, ANNOTATIONS, annotations);

const UNNOTICED = [
  "nothing in the pod template of Deployment orders/orders-api changes with SecretProviderClass orders/orders-api",
];
const reloader =
  (values: object, annotations: object = { "reloader.stakater.com/auto": "true" }) =>
  (draft: Draft) =>
    annotated(annotations)(draft).add("kubernetes:helm.sh/v3:Release", "reloader", {
      chart: "reloader",
      values: { reloader: values },
    });
const WATCHES_ALL = { enableCSIIntegration: true, autoReloadAll: true };

describeRule("class-edit-unnoticed", {
  finds: [
    {
      plant: annotated({ "eks-db-secrets/ca-bundle-hash": "0123456789abcdef" }),
      messages: UNNOTICED,
    },
    { plant: annotated({ "reloader.stakater.com/auto": "false" }), messages: UNNOTICED },
    { plant: annotated({ "prometheus.io/scrape": "true" }), messages: UNNOTICED },
    {
      plant: annotated({ "secretproviderclass.reloader.stakater.com/reload": "another" }),
      messages: UNNOTICED,
    },
    // Without this switch Reloader watches no classes.
    { plant: reloader({ reloadOnCreate: true }), messages: UNNOTICED },
    { plant: reloader({ enableCSIIntegration: true }, {}), messages: UNNOTICED },
    {
      plant: reloader(WATCHES_ALL, { "reloader.stakater.com/auto": "false" }),
      messages: UNNOTICED,
    },
  ],
  passes: [
    { plant: annotated({ "checksum/secrets": "0123" }) },
    // A hash of what it does not say, and one that is known only after the update.
    { plant: annotated({ "config-hash": "0123" }) },
    { plant: annotated({ revision: UNKNOWN }) },
    // The class itself, as it is or as part of JSON.
    ...[(objects: string) => objects, (objects: string) => JSON.stringify({ objects })].map(
      (write) => ({
        plant: (draft: Draft) => {
          draft.edit(CLASS, ["spec", "parameters", "objects"], (objects: string) => {
            annotated({ provided: write(objects) })(draft);
            return objects;
          });
        },
      }),
    ),
    { plant: reloader({ enableCSIIntegration: true }) },
    { plant: reloader(WATCHES_ALL, {}) },
    { plant: annotated({ "secretproviderclass.reloader.stakater.com/auto": "true" }) },
    {
      plant: (draft) =>
        annotated({})(draft).set(DEPLOYMENT, ["metadata", "annotations"], {
          "secretproviderclass.reloader.stakater.com/reload": "orders-api",
        }),
    },
    // Pods of a Job are never replaced.
    {
      plant: (draft) =>
        annotated({})(draft)
          .copy(DEPLOYMENT, "job", { type: "kubernetes:batch/v1:Job" })
          .remove(DEPLOYMENT),
    },
  ],
});

describeRule("volume-not-mounted", {
  finds: [
    {
      plant: (draft) =>
        draft.edit(DEPLOYMENT, [...POD, "containers", 0, "volumeMounts"], (mounts) =>
          mounts.filter((mount: { name: string }) => !isSecrets(mount)),
        ),
      messages: [
        "no container of Deployment orders/orders-api mounts the volume secrets of the class orders-api",
      ],
    },
  ],
  passes: [{ plant: withoutVolume }],
});

describeRule("volume-not-read-only", {
  finds: [
    {
      plant: (draft) => draft.set(DEPLOYMENT, [...POD, "volumes", 0, "csi", "readOnly"], undefined),
      messages: [
        "the volume secrets of the class orders-api in Deployment orders/orders-api is not read-only",
      ],
    },
  ],
  passes: [{ plant: withoutVolume }],
});

describeRule("synced-secret-twice", {
  finds: [
    {
      plant: (draft) => draft.copy(CLASS, "twin").set("twin", ["metadata", "name"], "twin"),
      messages: [
        "SecretProviderClass orders/twin writes the Secret orders-api-env, and so does SecretProviderClass orders/orders-api",
      ],
    },
    {
      plant: (draft) =>
        draft.edit(CLASS, ["spec", "secretObjects"], ([object]) => [object, object]),
      messages: [
        "SecretProviderClass orders/orders-api lists the Secret orders-api-env more than once",
      ],
    },
  ],
  passes: [
    { plant: (draft) => draft.copy(CLASS, "twin").set("twin", ["metadata", "namespace"], "other") },
  ],
});

const managed = (name: string) => (draft: Draft) =>
  draft.add("kubernetes:core/v1:Secret", "managed", { metadata: { name, namespace: "orders" } });

describeRule("synced-secret-managed", {
  finds: [
    {
      plant: managed("orders-api-env"),
      messages: [
        "Secret orders/orders-api-env is also written by SecretProviderClass orders/orders-api",
      ],
    },
  ],
  passes: [{ plant: managed("tls") }],
});
