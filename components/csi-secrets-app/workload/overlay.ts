import { isDeepStrictEqual } from "node:util";
import {
  type Check,
  isRecord,
  list,
  object,
  oneOf,
  optional,
  orLate,
  string,
} from "../../shared/checks";
import { namespaceProblem } from "../../shared/kubernetes-names";
import { because, isLate, memberPath, type Problem, type Rule, shown } from "../../shared/problems";
import { image } from "./checks";
import { PROVIDED_MOUNTS, TLS_ENVIRONMENT } from "./mounts";
import type { GivenContainer } from "./container-checks";
import { APP_CONTAINER, selectorLabels } from "./objects";
import { FIELDS } from "./overlay-fields";
import { CA_HASH_ANNOTATION, CLASS_HASH_ANNOTATION } from "./pod-template";
import { namesOfPorts } from "./ports";
import { HANDLERS, PROBE_KINDS, probeCheck, probePortProblems } from "./probe-check";
import { resourcesCheck } from "./resources-check";
import { DIRECTIVE, mergeKeysOf, strategicMerge } from "./strategic-merge";

type Values = Readonly<Record<string, unknown>>;

const directive = optional(oneOf("delete", "replace", "merge"));

/** An object with none but these fields and, where they are known, these values. */
const fields =
  (known: readonly string[], checks: Readonly<Record<string, Check>> = {}): Check =>
  (path, value, show) =>
    isRecord(value)
      ? [
          ...directive(memberPath(path, DIRECTIVE), value[DIRECTIVE], show),
          ...Object.keys(value)
            .filter((name) => name !== DIRECTIVE && !known.includes(name))
            .flatMap((name) => because(memberPath(path, name), unknownField(name, known))),
          ...object(
            Object.fromEntries(
              Object.entries(checks).map(([name, check]) => [name, unlessRemoved(check)]),
            ),
          )(path, value, show),
        ]
      : object({})(path, value, show);

/** Directives that others know, and whose work `$patch` and `null` do. */
const unknownField = (name: string, known: readonly string[]): string =>
  name.startsWith("$")
    ? `is no directive here; there are ${DIRECTIVE} with "delete" or "replace", and null for a field`
    : `is no field that Kubernetes has there; it has ${known.join(", ")}`;

/** `null` removes a field. */
const unlessRemoved = (check: Check): Check =>
  optional((path, value, show) => (value === null ? [] : check(path, value, show)));

/** The items of a list that is merged; each says which it is. */
const items = (name: string, check: Check): Check =>
  list((path, value, show) => {
    if (!isRecord(value)) return object({})(path, value, show);
    const [key = "name"] = mergeKeysOf(name) ?? [];
    const replacesAll = value[DIRECTIVE] === "replace" && Object.keys(value).length === 1;
    if (replacesAll) return [];
    return value[key] === undefined || isLate(value[key])
      ? because(path, `must have a plain '${key}', by which it is merged`)
      : check(path, value, show);
  });

const container = fields(FIELDS.container, {
  // A DNS label, as the name of a namespace is.
  name: string(namespaceProblem),
  image: orLate(image),
  resources: orLate(resourcesCheck),
  env: items("env", object({})),
  ports: items("ports", object({})),
  volumeMounts: items("volumeMounts", object({})),
});

const probed: Check = (path, value, show) => [
  ...container(path, value, show),
  ...PROBE_KINDS.flatMap((kind) => {
    const probe = isRecord(value) ? value[`${kind}Probe`] : undefined;
    // What is merged into a probe is no whole one.
    return isRecord(probe) && HANDLERS.some((handler) => isRecord(probe[handler]))
      ? probeCheck(kind)(memberPath(path, `${kind}Probe`), probe, show)
      : [];
  }),
];

const pod = fields(FIELDS.pod, {
  containers: items("containers", probed),
  initContainers: items("initContainers", probed),
  volumes: items("volumes", object({})),
  imagePullSecrets: items("imagePullSecrets", object({})),
});

const metadata = fields(FIELDS.metadata);

/** A partial Deployment, by itself. */
export const overlayCheck: Check = fields(FIELDS.deployment, {
  apiVersion: oneOf("apps/v1"),
  kind: oneOf("Deployment"),
  metadata,
  spec: fields(FIELDS.spec, { template: fields(FIELDS.template, { metadata, spec: pod }) }),
});

/** Where the parts of a Deployment are that the secrets' way into the pod depends on. */
const TEMPLATE = ["spec", "template"] as const;
const POD = [...TEMPLATE, "spec"] as const;

interface ProtectedPart {
  readonly path: readonly string[];
  /** In a list: which item, by the field that it is merged by. */
  readonly item?: readonly [key: string, value: string];
  readonly what: string;
}

/** What an overlay is held against. */
export interface OverlaidApp {
  readonly app: string;
  /** Names of the variables that come from secrets, or lead to what is made of them. */
  readonly variables: readonly string[];
  /** What starts before the app's container. */
  readonly containers: readonly Pick<GivenContainer, "name" | "secrets">[];
  /** What keeps a name from being a port of the app, or one of those added. */
  readonly isPort: (added: readonly string[]) => Rule<string>;
}

/**
 * What an overlay takes away of the app's own Deployment that its secrets, its certificates, its
 * identity or its rollout depend on.
 */
export function overlayProblems(overlay: unknown, own: OverlaidApp): readonly Problem[] {
  if (!isRecord(overlay)) return [];
  const containers = securedContainers(own);
  const base = skeleton(own.app, containers);
  const result = strategicMerge(base, overlay);
  return [
    ...protectedParts(containers).flatMap(({ path, item, what }) =>
      because(
        givenPath(overlay, path),
        isDeepStrictEqual(partAt(result, path, item), partAt(base, path, item))
          ? undefined
          : `must leave ${what} as it is`,
      ),
    ),
    ...newContainerProblems(overlay, own),
    ...portProblems(overlay, own),
    ...strategyProblems(overlay),
  ].filter(isFirstOfItsKind);
}

/** A container with the app's secrets, and the list that it is in. */
interface SecuredContainer {
  readonly list: "containers" | "initContainers";
  readonly name: string;
  readonly variables: readonly string[];
}

const securedContainers = ({ variables, containers }: OverlaidApp): readonly SecuredContainer[] => {
  const provided = [...variables, ...Object.keys(TLS_ENVIRONMENT)];
  return [
    { list: "containers", name: APP_CONTAINER, variables: provided },
    ...containers.flatMap(({ name, secrets }): readonly SecuredContainer[] =>
      secrets && name !== undefined ? [{ list: "initContainers", name, variables: provided }] : [],
    ),
  ];
};

const isFirstOfItsKind = (
  { path, reason }: Problem,
  index: number,
  all: readonly Problem[],
): boolean => all.findIndex((other) => other.path === path && other.reason === reason) === index;

/** The Deployment, as far as an overlay must not change it. */
const skeleton = (app: string, containers: readonly SecuredContainer[]): Values => ({
  metadata: { name: app, namespace: "" },
  spec: {
    selector: { matchLabels: selectorLabels(app) },
    template: {
      metadata: {
        labels: selectorLabels(app),
        annotations: { [CLASS_HASH_ANNOTATION]: "", [CA_HASH_ANNOTATION]: "" },
      },
      spec: {
        serviceAccountName: app,
        containers: secured(containers, "containers"),
        initContainers: secured(containers, "initContainers"),
        volumes: [
          { name: "secrets", csi: { volumeAttributes: {} } },
          { name: "ca-bundle", configMap: {} },
        ],
      },
    },
  },
});

const secured = (containers: readonly SecuredContainer[], wanted: SecuredContainer["list"]) =>
  containers
    .filter(({ list }) => list === wanted)
    .map(({ name, variables }) => ({
      name,
      env: variables.map((variable) => ({ name: variable, value: "" })),
      volumeMounts: PROVIDED_MOUNTS,
    }));

const protectedParts = (containers: readonly SecuredContainer[]): readonly ProtectedPart[] => [
  { path: ["metadata", "name"], what: "the Deployment's name" },
  { path: ["metadata", "namespace"], what: "the namespace" },
  { path: ["spec", "selector"], what: "the selector" },
  ...Object.keys(selectorLabels("")).map((label) => ({
    path: [...TEMPLATE, "metadata", "labels", label],
    what: "the label that selects the pods",
  })),
  ...[CLASS_HASH_ANNOTATION, CA_HASH_ANNOTATION].map((annotation) => ({
    path: [...TEMPLATE, "metadata", "annotations", annotation],
    what: "the annotation that rolls the pods",
  })),
  { path: [...POD, "serviceAccountName"], what: "the ServiceAccount, which the role is for," },
  ...PROVIDED_MOUNTS.map(({ name }) => ({
    path: [...POD, "volumes"],
    item: ["name", name] as const,
    what: `the volume "${name}"`,
  })),
  ...containers.flatMap(({ list, name, variables }) => [
    ...PROVIDED_MOUNTS.map(({ mountPath }) => ({
      path: [...POD, list, name, "volumeMounts"],
      item: ["mountPath", mountPath] as const,
      what: `the mount ${mountPath} of the container "${name}"`,
    })),
    ...variables.map((variable) => ({
      path: [...POD, list, name, "env"],
      item: ["name", variable] as const,
      what: `the variable ${variable} of the container "${name}"`,
    })),
  ]),
];

/** What is at a path, in which the name of a container leads to it. */
function partAt(value: unknown, path: readonly string[], item?: ProtectedPart["item"]): unknown {
  let part = value;
  for (const step of path) {
    if (Array.isArray(part)) part = itemOf(part, "name", step);
    else part = isRecord(part) ? part[step] : undefined;
  }
  return item === undefined ? part : itemOf(part, ...item);
}

const itemOf = (value: unknown, key: string, wanted: string): unknown =>
  (Array.isArray(value) ? value : []).find(
    (item: unknown) => isRecord(item) && item[key] === wanted,
  );

/** The path of the argument, as far as the overlay has it. */
function givenPath(overlay: Values, path: readonly string[]): string {
  let at = "overlay";
  let part: unknown = overlay;
  for (const step of path) {
    if (Array.isArray(part)) {
      const index = part.findIndex((item: unknown) => isRecord(item) && item.name === step);
      if (index < 0) return at;
      at = `${at}[${index}]`;
      part = part[index];
    } else {
      if (!isRecord(part) || !Object.hasOwn(part, step)) return at;
      at = memberPath(at, step);
      part = part[step];
    }
  }
  return at;
}

/** A container that the pods do not have yet needs an image, and a name that no other list has. */
const newContainerProblems = (overlay: Values, { containers }: OverlaidApp): readonly Problem[] => {
  const ownNames: Readonly<Record<(typeof LISTS)[number], readonly string[]>> = {
    containers: [APP_CONTAINER],
    initContainers: containers.flatMap(({ name }) => name ?? []),
  };
  return LISTS.flatMap((list) => {
    const [other] = LISTS.filter((each) => each !== list);
    const given = partAt(overlay, [...POD, list]);
    return (Array.isArray(given) ? given : []).flatMap((item: unknown, index) => {
      if (!isRecord(item) || typeof item.name !== "string" || item[DIRECTIVE] === "delete") {
        return [];
      }
      const { name } = item;
      const path = `${givenPath(overlay, [...POD, list])}[${index}]`;
      const isElsewhere = other !== undefined && ownNames[other].includes(name);
      return [
        ...because(
          path,
          item.image === undefined && !ownNames[list].includes(name)
            ? `must have an image, or be the container "app"; got the name ${shown(name)}`
            : undefined,
        ),
        ...because(
          `${path}.name`,
          isElsewhere ? `is that of one of '${other}' of the app; got ${shown(name)}` : undefined,
        ),
      ];
    });
  });
};

const LISTS = ["containers", "initContainers"] as const;

/** What probes of the app's container call a port must be one of its own, or of the overlay's. */
function portProblems(overlay: Values, { isPort }: OverlaidApp): readonly Problem[] {
  const path = [...POD, "containers", APP_CONTAINER];
  const container = partAt(overlay, path);
  if (!isRecord(container)) return [];
  const probes = Object.fromEntries(
    PROBE_KINDS.map((kind) => `${kind}Probe`).map((name) => [name, container[name]]),
  );
  return probePortProblems(givenPath(overlay, path), probes, isPort(namesOfPorts(container.ports)));
}

/** The app's Deployment rolls; what it says about that stays unless it is removed. */
function strategyProblems(overlay: Values): readonly Problem[] {
  const strategy = partAt(overlay, ["spec", "strategy"]);
  return isRecord(strategy) &&
    strategy.type === "Recreate" &&
    strategy.rollingUpdate !== null &&
    strategy[DIRECTIVE] !== "replace"
    ? because("overlay.spec.strategy", "needs 'rollingUpdate: null' beside the type Recreate")
    : [];
}
