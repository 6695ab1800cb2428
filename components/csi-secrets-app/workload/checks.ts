import * as pulumi from "@pulumi/pulumi";
import { caBundle } from "../../shared/ca-bundle";
import {
  boolean,
  type Check,
  func,
  isRecord,
  list,
  number,
  object,
  optional,
  orLate,
  record,
  string,
} from "../../shared/checks";
import {
  annotationKeyProblem,
  annotationsSizeProblem,
  hostProblem,
  namespaceProblem,
  subdomainProblem,
} from "../../shared/kubernetes-names";
import { because, type Problem, problem, type Rule, shown } from "../../shared/problems";
import { tagsCheck } from "../../shared/tags";
import { wholeNumberProblem } from "../../shared/whole-number";
import type { CsiSecretsAppArgs, CsiSecretsAppTransforms, IngressSettings, Probes } from "../args";
import { imageProblem } from "./image-reference";
import { CA_DIRECTORY, SECRETS_PATH } from "./mounts";
import {
  hasPort,
  knownPortProblem,
  portNameProblem,
  portNumber,
  portProblems,
  portsCheck,
  repeated,
} from "./ports";
import { probeCheck, probePortProblems } from "./probe-check";
import { processStringProblem } from "./process-strings";
import { replicasCheck, replicasProblems } from "./replicas-check";
import { resourcesCheck } from "./resources-check";

export const image = string(imageProblem);

/** A word of the command line. */
export const word = string(processStringProblem);

const driver: Check = (path, value, show = shown) =>
  value === "install" || value === "existing" || pulumi.ComponentResource.isInstance(value)
    ? []
    : because(
        path,
        `must be "install", "existing" or a CsiSecretsDriver; got ${
          pulumi.Resource.isInstance(value) ? "another resource" : show(value)
        }`,
      );

export const runAsUser = number((value) =>
  value === 0
    ? "must not be 0 (root): the pod runs under the restricted pod security standard"
    : wholeNumberProblem(1, 2 ** 31 - 1)(value),
);

/** Directories whose content the component provides; nothing may be mounted over or inside them. */
const PROVIDED = [SECRETS_PATH, CA_DIRECTORY, "/tmp"] as const;

function writablePathProblem(path: string): string | undefined {
  if (!/^(\/[^/:]+)+$/.test(path) || /\/\.{1,2}(\/|$)/.test(path)) {
    return "must be an absolute path without '.', '..', a colon or a slash at its end";
  }
  const clash = PROVIDED.find((provided) => isInside(path, provided) || isInside(provided, path));
  return clash && `must be apart from ${clash}, which the component provides`;
}

const isInside = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(`${directory}/`);

const repeatedPaths: Check = (path, value) =>
  (Array.isArray(value) ? value : []).flatMap((item: unknown, index, items) =>
    typeof item === "string" ? problem(`${path}[${index}]`, item, repeated(items, index)) : [],
  );

const writablePaths: Check = (path, value, show) => [
  ...list(string(writablePathProblem))(path, value, show),
  ...repeatedPaths(path, value),
];

/** Annotations of an object. */
const annotations: Check = (path, value, show) => [
  ...record(orLate(string()), { name: annotationKeyProblem })(path, value, show),
  ...because(path, isRecord(value) ? annotationsSizeProblem(value) : undefined),
];

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/networking/validation/validation.go */
function ingressPathProblem(path: string): string | undefined {
  if (!path.startsWith("/")) return "must start with '/'";
  return /\/\/|\/\.{1,2}(\/|$)|%2f/i.test(path)
    ? "must hold neither '//' nor '%2f', and no part of it may be '.' or '..'"
    : undefined;
}

const INGRESS: Readonly<Record<keyof IngressSettings, Check>> = {
  className: string((value) =>
    subdomainProblem(value) === undefined
      ? undefined
      : 'must be an Ingress class, for instance "alb" or "nginx"',
  ),
  host: optional(string(hostProblem)),
  path: optional(string(ingressPathProblem)),
  port: optional(string(portNameProblem)),
  tlsSecretName: optional(string(subdomainProblem)),
  annotations: optional(annotations),
};

const probe = (kind: keyof Probes): Check => optional(orLate(probeCheck(kind)));
const PROBES: Readonly<Record<keyof Probes, Check>> = {
  readiness: probe("readiness"),
  liveness: probe("liveness"),
  startup: probe("startup"),
};

const transform = optional(func);
const TRANSFORMS: Readonly<Record<keyof CsiSecretsAppTransforms, Check>> = {
  namespace: transform,
  serviceAccount: transform,
  role: transform,
  rolePolicy: transform,
  podIdentityAssociation: transform,
  secretProviderClass: transform,
  caBundle: transform,
  deployment: transform,
  service: transform,
  ingress: transform,
  podDisruptionBudget: transform,
  autoscaler: transform,
  restart: transform,
  migrate: transform,
  networkPolicy: transform,
};

/** Arguments of the pods and of what is around them, each checked by itself. */
export const WORKLOAD_CHECKS = {
  driver: optional(driver),
  namespace: string(namespaceProblem),
  createNamespace: optional(boolean),
  image: orLate(image),
  command: optional(list(word)),
  args: optional(list(word)),
  containerPort: optional(portNumber),
  ports: optional(portsCheck),
  replicas: optional(replicasCheck),
  runAsUser: optional(runAsUser),
  probes: optional(object(PROBES)),
  resources: optional(orLate(resourcesCheck)),
  writablePaths: optional(writablePaths),
  ingress: optional(object(INGRESS)),
  caBundle: optional(orLate(caBundle)),
  tags: optional(tagsCheck),
  transform: optional(object(TRANSFORMS)),
} satisfies Partial<Record<keyof CsiSecretsAppArgs, Check>>;

/** Mistakes between the arguments of the workload. */
export const workloadProblems = (args: Readonly<Record<string, unknown>>): readonly Problem[] => [
  ...(args.createNamespace === false || typeof args.namespace !== "string"
    ? []
    : problem("namespace", args.namespace, ownNamespaceProblem)),
  ...portProblems(args),
  ...replicasProblems(args),
  ...probePortProblems("probes", args.probes, knownPortProblem(args)),
  ...(isRecord(args.ingress) ? ingressProblems(args.ingress, args) : []),
];

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
const ownNamespaceProblem: Rule<string> = (namespace) =>
  namespace === "default" || namespace.startsWith("kube-")
    ? "must not be one of Kubernetes' own, or 'createNamespace' must be false"
    : undefined;

function ingressProblems(
  { host, tlsSecretName, port }: Readonly<Record<string, unknown>>,
  args: Readonly<Record<string, unknown>>,
): readonly Problem[] {
  const routes = hasPort(args);
  return [
    ...because(
      "ingress",
      routes
        ? undefined
        : "needs 'containerPort' or 'ports': without a port there is no Service to route to",
    ),
    ...(routes && typeof port === "string" && portNameProblem(port) === undefined
      ? problem("ingress.port", port, knownPortProblem(args))
      : []),
    ...because(
      "ingress.tlsSecretName",
      tlsSecretName !== undefined && host === undefined
        ? "needs 'ingress.host': a certificate is for a host name"
        : undefined,
    ),
  ];
}
