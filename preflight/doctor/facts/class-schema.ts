import { isLate } from "../../simulation/wire/unknown";
import { at, recordOf } from "../../simulation/wire/values";
import type { KubernetesObject, Properties } from "./location";

/** The versions that the driver's custom resource definition serves. */
const VERSIONS: readonly string[] = [
  "secrets-store.csi.x-k8s.io/v1",
  "secrets-store.csi.x-k8s.io/v1alpha1",
];

/** A part of the custom resource definition's schema. */
type Schema =
  | "string"
  | { readonly list: Schema }
  | { readonly map: Schema }
  | { readonly fields: Readonly<Record<string, Schema>> };

/** @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/config/crd/bases/secrets-store.csi.x-k8s.io_secretproviderclasses.yaml */
const SPEC: Schema = {
  fields: {
    provider: "string",
    parameters: { map: "string" },
    secretObjects: {
      list: {
        fields: {
          secretName: "string",
          type: "string",
          labels: { map: "string" },
          annotations: { map: "string" },
          data: { list: { fields: { objectName: "string", key: "string" } } },
        },
      },
    },
  },
};

const TOP_LEVEL: readonly string[] = [
  ...["apiVersion", "kind", "metadata", "spec", "status", "id", "urn"],
];

/**
 * Why nothing becomes of a class: what the API server refuses by its schema, and else what the driver
 * says when it is mounted.
 *
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/pkg/secrets-store/nodeserver.go
 */
export function classRefusals(
  apiVersion: string,
  properties: Properties,
  { namespace, name }: KubernetesObject,
): readonly string[] {
  if (!VERSIONS.includes(apiVersion)) {
    return [`no matches for kind "SecretProviderClass" in version "${apiVersion}"`];
  }
  const { spec } = properties;
  const stray = Object.keys(properties).filter((field) => !TOP_LEVEL.includes(field));
  const refused = [
    ...stray.map((field) => `.${field}: field not declared in schema`),
    ...(spec === undefined ? [] : violations(spec, SPEC, "spec")),
  ];
  if (refused.length > 0) return refused;
  if (isLate(spec)) return [];
  const [provider, parameters] = [at(spec, "provider"), at(spec, "parameters")];
  if (provider === undefined || provider === "") {
    return [`provider not set in ${namespace}/${name}`];
  }
  if (typeof provider === "string" && !isLate(provider) && provider !== "aws") {
    return [
      `error connecting to provider "${provider}": provider not found: provider "${provider}"`,
    ];
  }
  const none = parameters === undefined || Object.keys(recordOf(parameters)).length === 0;
  return none && !isLate(parameters) ? [`parameters not set in ${namespace}/${name}`] : [];
}

/** In the API server's words. What is unknown, or `null`, violates nothing. */
function violations(value: unknown, schema: Schema, path: string): readonly string[] {
  if (value === undefined || value === null || isLate(value)) return [];
  const wanted = typeName(schema);
  const found = typeOf(value);
  if (found !== wanted) {
    return [`${path}: Invalid value: "${found}": must be of type ${wanted}: "${found}"`];
  }
  if (schema === "string") return [];
  if ("list" in schema) {
    const items = value as readonly unknown[];
    return items.flatMap((item, index) => violations(item, schema.list, `${path}[${index}]`));
  }
  return Object.entries(recordOf(value)).flatMap(([key, item]) => {
    const inner = "map" in schema ? schema.map : schema.fields[key];
    return inner === undefined
      ? [`.${path}.${key}: field not declared in schema`]
      : violations(item, inner, `${path}.${key}`);
  });
}

const typeName = (schema: Schema): string => {
  if (schema === "string") return "string";
  return "list" in schema ? "array" : "object";
};

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
};
