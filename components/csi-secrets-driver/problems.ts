import { clusterNameProblem, regionProblem } from "../shared/aws-names";
import {
  boolean,
  type Check,
  type CheckOf,
  func,
  isRecord,
  number,
  object,
  oneOf,
  optional,
  orLate,
  string,
} from "../shared/checks";
import { namespaceProblem, subdomainProblem } from "../shared/kubernetes-names";
import { argumentOf, because, type Problem } from "../shared/problems";
import { tagsCheck } from "../shared/tags";
import { wholeNumberProblem } from "../shared/whole-number";
import type { CsiSecretsDriverArgs, CsiSecretsDriverTransforms } from "./args";
import { durationProblem } from "./duration";

type ArgName = keyof CsiSecretsDriverArgs;

const addonVersionProblem = (version: string): string | undefined =>
  /^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version)
    ? undefined
    : 'must be a version such as "v3.1.1-eksbuild.1"';

const chartRepositoryProblem = (repository: string): string | undefined =>
  /^(https?|oci):\/\/[^\s/]+(\/[^\s/]+)*$/.test(repository)
    ? undefined
    : 'must start with "https://", "http://" or "oci://" and not end with a slash';

const imageRegistryProblem = (registry: string): string | undefined =>
  /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/.test(registry)
    ? undefined
    : "must be a host with an optional port and path, without a scheme or a slash at its end, " +
      'such as "registry.example.com/mirror"';

const rate = number(wholeNumberProblem(1, 1000));

/** The checks of what may be known late, for now and for then. */
export const LATE_CHECKS = {
  region: string(regionProblem),
  clusterName: string(clusterNameProblem),
} as const;

const TRANSFORMS: CheckOf<CsiSecretsDriverTransforms> = {
  values: optional(func),
  release: optional(func),
  addon: optional(func),
  syncRole: optional(func),
  syncRoleBinding: optional(func),
};

const rotation: Check = (path, value, show) =>
  value === false
    ? []
    : object({ pollInterval: optional(string(durationProblem)) })(path, value, show);

const ARGUMENTS: CheckOf<CsiSecretsDriverArgs> = {
  region: orLate(LATE_CHECKS.region),
  mode: optional(oneOf("helm", "addon")),
  clusterName: optional(orLate(LATE_CHECKS.clusterName)),
  rotation: optional(rotation),
  namespace: optional(string(namespaceProblem)),
  addonNamespace: optional(string(namespaceProblem)),
  addonVersion: optional(string(addonVersionProblem)),
  imageRegistry: optional(string(imageRegistryProblem)),
  imagePullSecret: optional(string(subdomainProblem)),
  chartRepository: optional(string(chartRepositoryProblem)),
  providerThrottling: optional(object({ qps: rate, burst: rate })),
  useFipsEndpoint: optional(boolean),
  podIdentityHttpTimeout: optional(string(durationProblem)),
  tags: optional(tagsCheck),
  transform: optional(object(TRANSFORMS)),
};

const ADDON_ONLY: readonly ArgName[] = ["clusterName", "addonNamespace", "addonVersion"];
const HELM_ONLY: readonly ArgName[] = [
  "namespace",
  "imageRegistry",
  "imagePullSecret",
  "chartRepository",
  "providerThrottling",
  "podIdentityHttpTimeout",
];

/**
 * Everything that is wrong with the name and the arguments of a `CsiSecretsDriver`, as far as it is
 * known: what is an Output fails when it becomes known. Takes values of any type.
 */
export function problemsOf(name: unknown, args: unknown): readonly Problem[] {
  const single = object(ARGUMENTS)(isRecord(args) ? "" : "args", args);
  const misplaced = isRecord(args) ? modeProblems(args) : [];
  const isMisplaced = new Set(misplaced.map(argumentOf));
  return [
    ...string()("name", name),
    ...single.filter((problem) => !isMisplaced.has(argumentOf(problem))),
    ...misplaced,
  ];
}

/** What belongs to the other way of installing the driver. */
function modeProblems(args: Readonly<Record<string, unknown>>): readonly Problem[] {
  const { mode = "helm", clusterName } = args;
  const refused = (names: readonly ArgName[], reason: string): readonly Problem[] =>
    names.filter((name) => args[name] !== undefined).flatMap((name) => because(name, reason));
  switch (mode) {
    case "helm":
      return refused(
        ADDON_ONLY,
        "belongs to the EKS add-on; leave it out, or set 'mode' to \"addon\"",
      );
    case "addon":
      return [
        ...(clusterName === undefined
          ? because("clusterName", "is needed when 'mode' is \"addon\"; got nothing")
          : []),
        ...refused(
          HELM_ONLY,
          "cannot be set on the EKS add-on; leave it out, or set 'mode' to \"helm\"",
        ),
      ];
    default:
      return [];
  }
}
