import { HOLE, isLate } from "../../simulation/wire/unknown";
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
  /** Its command and arguments, as far as they are known. */
  readonly words: readonly string[];
  /** Whether its process is not root's for certain. */
  readonly isNotRoot: boolean;
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
  /** Its text as far as it is known, with holes in it; absent where nothing is. */
  readonly partialValue?: string;
  /** Only the cloud knows its text. */
  readonly isValueLate: boolean;
  /** Only the cloud knows which Secret it comes from. */
  readonly isSourceLate: boolean;
}

/**
 * The containers of a pod, in the order in which they start.
 *
 * @param podWithHoles the pod with texts that are partly known @default the pod
 */
export function containersOf(pod: unknown, podWithHoles: unknown = pod): readonly Container[] {
  const of = (property: string, role: (container: unknown) => Container["role"]) => {
    const withHoles = listOf(at(podWithHoles, property));
    return listOf(at(pod, property)).map((each, index) =>
      containerOf(each, withHoles[index], role(each), at(pod, "securityContext")),
    );
  };
  return [
    ...of("initContainers", (each) =>
      at(each, "restartPolicy") === "Always" ? "sidecar" : "init",
    ),
    ...of("containers", () => "main"),
  ];
}

const containerOf = (
  container: unknown,
  withHoles: unknown,
  role: Container["role"],
  podContext: unknown,
): Container => ({
  name: textOf(at(container, "name")) ?? "",
  role,
  image: textOf(at(container, "image")) ?? "",
  variables: listOf(at(container, "env")).map((entry, index) =>
    variableOf(entry, listOf(at(withHoles, "env"))[index]),
  ),
  mounts: listOf(at(container, "volumeMounts")).map((mount) => ({
    volume: textOf(at(mount, "name")) ?? "",
    path: textOf(at(mount, "mountPath")) ?? "",
    subPath: textOf(at(mount, "subPath")) ?? textOf(at(mount, "subPathExpr")),
  })),
  words: [...listOf(at(container, "command")), ...listOf(at(container, "args"))].flatMap(
    (word) => textOf(word) ?? [],
  ),
  isNotRoot: isNotRoot(at(container, "securityContext"), podContext),
});

/** What a container says of itself wins over what its pod says. */
function isNotRoot(context: unknown, podContext: unknown): boolean {
  const user = at(context, "runAsUser") ?? at(podContext, "runAsUser");
  if (typeof user === "number") return user !== 0;
  return (at(context, "runAsNonRoot") ?? at(podContext, "runAsNonRoot")) === true;
}

function variableOf(entry: unknown, withHoles: unknown): Variable {
  const reference = at(entry, "valueFrom", "secretKeyRef");
  const [secret, key] = [at(reference, "name"), at(reference, "key")];
  const [name, itsKey] = [textOf(secret), textOf(key)];
  const partial = at(withHoles, "value");
  const isPartial = typeof partial === "string" && partial.includes(HOLE) && partial !== HOLE;
  return {
    name: textOf(at(entry, "name")) ?? "",
    value: textOf(at(entry, "value")),
    secretKeyRef: name === undefined || itsKey === undefined ? undefined : { name, key: itsKey },
    isOptional: at(reference, "optional") === true,
    ...(isPartial && { partialValue: partial }),
    isValueLate: isLate(at(entry, "value")),
    isSourceLate: [at(entry, "valueFrom"), reference, secret, key].some(isLate),
  };
}

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
  return variables.flatMap(({ name: variable, partialValue = "", value = partialValue }, index) => {
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
