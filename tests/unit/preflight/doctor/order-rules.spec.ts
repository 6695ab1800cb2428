import type { Draft } from "./draft";
import { describeRule } from "./examples";

const CLASS = "orders-api-secrets";
const DEPLOYMENT = "orders-api-deployment";

// Source of the cases: kubernetes-sigs/secrets-store-csi-driver 1436, pulumi/pulumi-kubernetes 3247.
describeRule("pod-not-ordered", {
  finds: [
    {
      // Its component waits for the value of the secret.
      plant: (draft) => draft.waitOnly(DEPLOYMENT),
      messages: [
        "Deployment orders/orders-api does not depend on SecretProviderClass orders/orders-api, the grant orders-api-read-secrets and the association orders-api-pod-identity",
      ],
    },
    {
      plant: (draft) =>
        draft.waitOnly(DEPLOYMENT, (urn) => !urn.endsWith("::orders-api-read-secrets")),
      messages: [
        "Deployment orders/orders-api does not depend on the grant orders-api-read-secrets",
      ],
    },
  ],
  passes: [
    // A grant of something else is not needed for the mount.
    ...[
      { Effect: "Allow", Action: "s3:GetObject" },
      { Effect: "Deny", Action: "secretsmanager:GetSecretValue" },
      { Effect: "Allow", NotAction: "secretsmanager:GetSecretValue" },
    ].map((statement) => ({
      plant: (draft: Draft) => {
        const [grant] = draft.registrations.filter(
          ({ name }) => name === "orders-api-read-secrets",
        );
        const policy = JSON.stringify({ Statement: [{ ...statement, Resource: "*" }] });
        return draft
          .copy(grant?.name ?? "", "another-grant")
          .set("another-grant", ["policy"], policy);
      },
    })),
    // By way of the class.
    {
      plant: (draft) =>
        draft.waitOnly(DEPLOYMENT, (urn) => !urn.endsWith("::orders-connection-value")),
    },
  ],
});

/** The class in a component, which waits for the release itself. */
const inComponent =
  (waits: boolean) =>
  (draft: Draft): Draft => {
    const component = "urn:pulumi:test::eks-db-secrets::acme:index:Manifests::manifests";
    const driver = draft.registrations.find(({ name }) => name === "secrets-release");
    return draft
      .add("acme:index:Manifests", "manifests", {})
      .waitFor("manifests", waits ? [driver?.urn ?? ""] : [])
      .waitOnly(CLASS)
      .moveInto(CLASS, component);
  };

describeRule("class-before-driver", {
  finds: [
    {
      plant: (draft) => draft.waitOnly(CLASS),
      messages: [
        "SecretProviderClass orders/orders-api does not wait for secrets-release, which installs the driver and its definition",
      ],
    },
    {
      plant: inComponent(false),
      messages: [
        "SecretProviderClass orders/orders-api does not wait for secrets-release, which installs the driver and its definition",
      ],
    },
  ],
  passes: [
    { plant: inComponent(true) },
    { plant: (draft) => draft.waitOnly(CLASS).remove("secrets-release") },
    // The driver of another cluster brings nothing to this one.
    {
      plant: (draft) =>
        draft
          .waitOnly(CLASS)
          .copy("secrets-release", "of-another", { provider: "" })
          .remove("secrets-release"),
    },
  ],
});
