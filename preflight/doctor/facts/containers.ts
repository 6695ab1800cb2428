import { isUnknownText } from "../../simulation/wire/unknown";
import { at, listOf, textOf } from "../../simulation/wire/values";

/** A container of a pod. */
export interface Container {
  readonly name: string;
  /** `sidecar`: an init container that goes on running. */
  readonly role: "init" | "sidecar" | "main";
  readonly image: string;
  /** Its `env`, in its order. */
  readonly variables: readonly Variable[];
  readonly mounts: readonly VolumeMount[];
}

export interface VolumeMount {
  readonly volume: string;
  readonly path: string;
  /** Where only a part of the volume is mounted. */
  readonly subPath: string | undefined;
}

/** An environment variable. */
export interface Variable {
  readonly name: string;
  /** Its text, where it has one of its own that is known. */
  readonly value: string | undefined;
  /** The key of a Kubernetes Secret that it comes from; `undefined` for any other source. */
  readonly secretKeyRef: { readonly name: string; readonly key: string } | undefined;
  /** The container starts without it where its Secret or key is missing. */
  readonly isOptional: boolean;
  /** Only the cloud knows its text. */
  readonly isValueLate: boolean;
  /** Only the cloud knows which Secret it comes from. */
  readonly isSourceLate: boolean;
}

/** The containers of a pod, in the order in which they start. */
export function containersOf(pod: unknown): readonly Container[] {
  return [
    ...listOf(at(pod, "initContainers")).map((each) =>
      containerOf(each, at(each, "restartPolicy") === "Always" ? "sidecar" : "init"),
    ),
    ...listOf(at(pod, "containers")).map((each) => containerOf(each, "main")),
  ];
}

const containerOf = (container: unknown, role: Container["role"]): Container => ({
  name: textOf(at(container, "name")) ?? "",
  role,
  image: textOf(at(container, "image")) ?? "",
  variables: listOf(at(container, "env")).map(variableOf),
  mounts: listOf(at(container, "volumeMounts")).map((mount) => ({
    volume: textOf(at(mount, "name")) ?? "",
    path: textOf(at(mount, "mountPath")) ?? "",
    subPath: textOf(at(mount, "subPath")) ?? textOf(at(mount, "subPathExpr")),
  })),
});

function variableOf(entry: unknown): Variable {
  const reference = at(entry, "valueFrom", "secretKeyRef");
  const [secret, key] = [at(reference, "name"), at(reference, "key")];
  const [name, itsKey] = [textOf(secret), textOf(key)];
  return {
    name: textOf(at(entry, "name")) ?? "",
    value: textOf(at(entry, "value")),
    secretKeyRef: name === undefined || itsKey === undefined ? undefined : { name, key: itsKey },
    isOptional: at(reference, "optional") === true,
    isValueLate: isLate(at(entry, "value")),
    isSourceLate: [at(entry, "valueFrom"), reference, secret, key].some(isLate),
  };
}

const isLate = (value: unknown): boolean => typeof value === "string" && isUnknownText(value);

/** A `$(NAME)` in a variable's text that the kubelet leaves as it stands. */
export interface UnexpandedReference {
  readonly container: string;
  readonly variable: string;
  readonly reference: string;
}

/**
 * References to variables that the container defines, but only later. `$$(NAME)` is meant literally.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function unexpandedReferences({
  name,
  variables,
}: Container): readonly UnexpandedReference[] {
  return variables.flatMap(({ name: variable, value = "" }, index) => {
    const earlier = new Set(variables.slice(0, index).map((each) => each.name));
    const later = new Set(variables.slice(index).map((each) => each.name));
    const references = [...value.matchAll(/\$\$|\$\(([^)$]+)\)/g)].flatMap(([, found]) =>
      found === undefined ? [] : [found],
    );
    return [...new Set(references)]
      .filter((reference) => !earlier.has(reference) && later.has(reference))
      .map((reference) => ({ container: name, variable, reference }));
  });
}
