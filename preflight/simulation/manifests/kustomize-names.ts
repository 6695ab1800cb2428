import { isRecord, type Properties } from "../models/model";
import { at, recordOf } from "../wire/values";

/** Kinds that keep their names. */
const KEPT = /^(?:Namespace|CustomResourceDefinition|APIService)$/;

/** Where Kubernetes' own kinds name others: the property, the kind, and where the name is in it. */
const NAMED_IN: Readonly<Record<string, { readonly kind: string; readonly name: string }>> = {
  secretKeyRef: { kind: "Secret", name: "name" },
  secretRef: { kind: "Secret", name: "name" },
  secret: { kind: "Secret", name: "secretName" },
  configMapKeyRef: { kind: "ConfigMap", name: "name" },
  configMapRef: { kind: "ConfigMap", name: "name" },
  configMap: { kind: "ConfigMap", name: "name" },
};

/**
 * Objects with `namePrefix` and `nameSuffix` in their names, and in what the kinds of Kubernetes itself
 * say of them. A kustomization knows nothing of other kinds: the name of a SecretProviderClass in the
 * attributes of a volume stays what it was, so the pod does not find the class.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/nameprefix/
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/konfig/builtinpluginconsts/namereference.go
 */
export function renamedByKustomize(
  objects: readonly Properties[],
  { namePrefix = "", nameSuffix = "" }: Properties,
): readonly Properties[] {
  if (namePrefix === "" && nameSuffix === "") return objects;
  const renamed = new Set(
    objects
      .filter(({ kind }) => !KEPT.test(String(kind)))
      .map((object) => `${String(object.kind)} ${nameOf(object)}`),
  );
  const newName = (name: unknown): string =>
    `${String(namePrefix)}${String(name)}${String(nameSuffix)}`;
  const nameFor = (kind: string, name: unknown): unknown =>
    renamed.has(`${kind} ${String(name)}`) ? newName(name) : name;

  const within = (value: unknown, key = ""): unknown => {
    if (Array.isArray(value)) return value.map((item) => within(item, key));
    if (!isRecord(value)) {
      return key === "serviceAccountName" ? nameFor("ServiceAccount", value) : value;
    }
    const inner = Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, within(item, name)]),
    );
    if (key === "imagePullSecrets") return { ...inner, name: nameFor("Secret", inner.name) };
    if (key === "roleRef" || key === "subjects") {
      return { ...inner, name: nameFor(String(inner.kind), inner.name) };
    }
    const named = NAMED_IN[key];
    const name = named === undefined ? undefined : inner[named.name];
    return named === undefined || name === undefined
      ? inner
      : { ...inner, [named.name]: nameFor(named.kind, name) };
  };

  return objects.map((object) => {
    const referring = OWN_KINDS.test(String(object.apiVersion))
      ? (within(object) as Properties)
      : object;
    const { kind } = object;
    if (KEPT.test(String(kind))) return referring;
    const metadata = { ...recordOf(object.metadata), name: newName(nameOf(object)) };
    return { ...referring, metadata };
  });
}

/** API groups of Kubernetes itself. */
const OWN_KINDS = /^(?:v1|apps\/|batch\/|rbac\.authorization\.k8s\.io\/)/;

const nameOf = (object: Properties): string => String(at(object, "metadata", "name"));
