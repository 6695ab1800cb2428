import { containerEnv, type EnvEntry } from "../../preflight/delivery";
import type { Container, EnvSource, PodSpec, VariableEntry } from "./pod";
import { badConfiguration } from "./pod-event";
import { contentOf, type Sources } from "./sources";

export interface Variable {
  readonly name: string;
  readonly value: string;
  /** Whether it is taken from a Secret. */
  readonly secret: boolean;
}

/**
 * The variables of a container: those of `envFrom`, overridden by those of `env`. Throws `PodEvent`
 * where one that is not optional is missing.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/kubelet/kubelet_pods.go
 */
export function environmentOf(
  { env, envFrom }: Container,
  pod: PodSpec,
  sources: Sources,
): readonly Variable[] {
  const found = new Map<string, Variable>();
  for (const variable of envFrom.flatMap((source) => variablesFrom(source, sources))) {
    found.set(variable.name, variable);
  }
  const entries = env.flatMap((entry) => resolvedEntry(entry, pod, sources));
  const written = new Map(env.map(({ name, value }) => [name, value !== undefined]));
  for (const variable of containerEnv(entries, sources.secrets)) {
    const { name } = variable;
    switch (variable.kind) {
      case "plain": {
        found.set(name, {
          name,
          ...(written.get(name) === true
            ? expanded(variable.value, found)
            : { value: variable.value, secret: false }),
        });
        break;
      }
      case "secret": {
        const value = Buffer.from(variable.from.content ?? []).toString("utf8");
        found.set(name, { name, value, secret: true });
        break;
      }
      case "absent":
        break;
      case "missing":
        throw badConfiguration(variable.reason);
    }
  }
  return [...found.values()];
}

function variablesFrom(source: EnvSource, sources: Sources): readonly Variable[] {
  const content = contentOf(source, sources);
  if (content === undefined && !source.optional) {
    throw badConfiguration(`${source.kind} "${source.name}" not found`);
  }
  return [...(content ?? [])].map(([key, value]) => ({
    name: source.prefix + key,
    value: value.toString("utf8"),
    secret: source.kind === "secret",
  }));
}

/** Fields of the downward API. The local cloud has one node, which is this machine. */
const FIELDS: Readonly<Record<string, (pod: PodSpec) => string>> = {
  "metadata.name": ({ name }) => name,
  "metadata.namespace": ({ namespace }) => namespace,
  "spec.serviceAccountName": ({ serviceAccount }) => serviceAccount,
  "spec.nodeName": () => "local",
  "status.hostIP": () => "127.0.0.1",
  "status.podIP": () => "127.0.0.1",
};

/** An entry with the value of its ConfigMap or field; one that reads a Secret unchanged. */
function resolvedEntry(entry: VariableEntry, pod: PodSpec, sources: Sources): readonly EnvEntry[] {
  const { name, valueFrom: { configMapKeyRef, fieldRef } = {} } = entry;
  if (configMapKeyRef !== undefined) {
    const { name: configMap, key, optional = false } = configMapKeyRef;
    const data = sources.configMap(configMap);
    const value = data?.[key];
    if (value !== undefined) return [{ name, value }];
    if (optional) return [];
    throw badConfiguration(
      data === undefined
        ? `configmap "${configMap}" not found`
        : `couldn't find key ${key} in ConfigMap ${pod.namespace}/${configMap}`,
    );
  }
  if (fieldRef === undefined) return [entry];
  const field = FIELDS[fieldRef.fieldPath];
  if (field !== undefined) return [{ name, value: field(pod) }];
  throw badConfiguration(
    `the local kubelet does not support the field ${fieldRef.fieldPath} (variable '${name}')`,
  );
}

const REFERENCE = /\$(?:\$|\(([A-Za-z_.-][\w.-]*)\))/g;

/**
 * Expands `$(NAME)` to the value of an earlier variable, and `$$` to a dollar sign.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
function expanded(
  text: string,
  before: ReadonlyMap<string, Variable>,
): Pick<Variable, "value" | "secret"> {
  const used = [...text.matchAll(REFERENCE)].map(([, name]) => before.get(name ?? ""));
  const value = text.replace(REFERENCE, (reference, name?: string) =>
    name === undefined ? "$" : (before.get(name)?.value ?? reference),
  );
  return { value, secret: used.some((variable) => variable?.secret === true) };
}
