import type { Draft, Json } from "../../unit/preflight/doctor/draft";
import type { PlantedFault } from "./fault";

const ISSUER = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
const ACCOUNT = "billing-service-account";
const CLASS = "billing-secrets";
const ANNOTATIONS = ["metadata", "annotations"] as const;

const trust = (change: (statement: Json) => unknown) => (draft: Draft) =>
  draft.json("billing-role", ["assumeRolePolicy"], ({ Statement }: Json) => change(Statement[0]));
const condition = (key: string, value?: string) =>
  trust(({ Condition }) => {
    Condition.StringEquals[`${ISSUER}:${key}`] = value;
  });

/** Faults in the links of the app with IRSA in the stack of an existing cluster. */
export const IRSA_FAULTS: readonly PlantedFault[] = [
  ["the trust admits every audience", "trust-any-audience", condition("aud")],
  ["the trust admits every ServiceAccount", "trust-any-service-account", condition("sub")],
  [
    "the trust is for another audience",
    "trust-refuses",
    condition("aud", "pods.eks.amazonaws.com"),
  ],
  [
    "the trust is for another namespace",
    "trust-refuses",
    condition("sub", "system:serviceaccount:billing:billing"),
  ],
  [
    "the trust is for another account",
    "trust-refuses",
    condition("sub", "system:serviceaccount:finance:default"),
  ],
  [
    "the trust is for another issuer",
    "trust-refuses",
    trust(({ Principal }) => {
      Principal.Federated = Principal.Federated.replace(/.$/, "0");
    }),
  ],
  [
    "the trust lets assume without a token only",
    "trust-refuses",
    trust((statement) => {
      statement.Action = "sts:AssumeRole";
    }),
  ],
  [
    "the issuer's entry in IAM is for another audience",
    "audience-not-registered",
    (draft) =>
      draft.add("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "issuer", {
        arn: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`,
        clientIdLists: ["kubernetes"],
      }),
  ],
  ["the annotation is gone", "role-not-linked", (draft) => draft.set(ACCOUNT, ANNOTATIONS, {})],
  [
    "the annotation names a role from elsewhere",
    "identity-undecided",
    (draft) =>
      draft.set(ACCOUNT, ANNOTATIONS, {
        "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/elsewhere",
      }),
  ],
  [
    "the annotation names another app's role",
    "trust-refuses",
    (draft) =>
      draft.set(ACCOUNT, ANNOTATIONS, {
        "eks.amazonaws.com/role-arn": draft.registrations.find(({ name }) => name === "orders-role")
          ?.outputs.arn,
      }),
  ],
  [
    "the identity is Pod Identity's",
    "role-not-linked",
    (draft) => draft.set(CLASS, ["spec", "parameters", "usePodIdentity"], "true"),
  ],
  [
    "the URL asks for no verification",
    "tls-not-verified",
    (draft) =>
      draft
        .objects(([{ jmesPath }]: Json) => {
          for (const entry of jmesPath) entry.path = entry.path.replace("verify-full", "require");
        }, CLASS)
        .edit(
          "billing-deployment",
          ["spec", "template", "spec", "containers", 0, "env"],
          (env: Json) => env.filter(({ name }: Json) => name !== "PGSSLMODE"),
        ),
  ],
];
