import {
  type Check,
  checks,
  distinct,
  isNothing,
  isThere,
  recordsAt,
  requires,
  type Rules,
  under,
} from "./checks";
import { containerCheck, containerRules, identityRules, initContainerCheck } from "./containers";
import * as names from "./names";
import { selectorCheck, selectorRules } from "./selectors";
import { volumeRules, volumesCheck } from "./volumes";
import { inputValuesAt } from "../paths";
import { oneOf } from "../value-rules";
import { UNKNOWN } from "../../wire/unknown";

// What the API server demands of a pod template, whichever kind holds it.
// https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go

const metadataRules: Rules = {
  "labels{key}": names.qualifiedName,
  "labels{}": names.labelValue,
  "annotations{key}": names.annotationKey,
  "annotations{}": names.text,
};

const SPREAD = "topologySpreadConstraints[]";

/** The rules of a pod template's values, by their paths in it, where its pods may end or must not. */
const templateRules = (...restartPolicies: string[]): Rules => ({
  ...under("metadata", metadataRules),
  ...under("spec", {
    serviceAccountName: names.dnsSubdomain,
    restartPolicy: oneOf(...restartPolicies),
    dnsPolicy: oneOf("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"),
    ...under("securityContext", identityRules),
    "securityContext.fsGroup": names.whole(0),
    "securityContext.supplementalGroups[]": names.whole(0),
    [`${SPREAD}.maxSkew`]: names.whole(1),
    [`${SPREAD}.topologyKey`]: names.text,
    [`${SPREAD}.whenUnsatisfiable`]: oneOf("DoNotSchedule", "ScheduleAnyway"),
    ...under(`${SPREAD}.labelSelector`, selectorRules),
    ...volumeRules,
    ...under("containers[]", containerRules),
    ...under("initContainers[]", containerRules),
    "initContainers[].restartPolicy": oneOf("Always", "Never", "OnFailure"),
  }),
});

/** Of pods that go on. */
export const podTemplateRules = templateRules("Always");

/** Of pods that end. */
export const endingPodTemplateRules = templateRules("Never", "OnFailure");

/** Where a pod has its containers. */
const CONTAINER_LISTS = ["containers", "initContainers"];

/** Of a pod by itself. */
export const podRules = templateRules("Always", "Never", "OnFailure");

/** What must agree within a pod template at a path. */
export const podTemplateCheck = (template: string): Check => podCheck(`${template}.spec`);

/** What must agree within a pod whose spec is at a path. */
export function podCheck(spec: string): Check {
  return checks(
    requires(
      `${spec}.containers`,
      `${spec}.securityContext?.seccompProfile?.type`,
      ...["maxSkew", "topologyKey", "whenUnsatisfiable"].map((key) => `${spec}.${SPREAD}.${key}`),
    ),
    selectorCheck(`${spec}.${SPREAD}.labelSelector`),
    nameservers(spec),
    distinct(`${spec}.containers`, "name"),
    distinct(`${spec}.initContainers`, "name"),
    volumesCheck(spec),
    ...CONTAINER_LISTS.map((list) => containerCheck(`${spec}.${list}[]`)),
    initContainerCheck(`${spec}.initContainers[]`),
    mountsOfVolumes(spec),
  );
}

/** A pod that is not to ask the cluster's DNS says whom else. */
const nameservers =
  (pod: string): Check =>
  (inputs) =>
    recordsAt(inputs, pod)
      .filter(({ record }) => record.dnsPolicy === "None" && record.dnsConfig !== UNKNOWN)
      .filter(({ record }) =>
        isNothing((record.dnsConfig as { nameservers?: unknown } | undefined)?.nameservers),
      )
      .map(({ path }) => `${path}.dnsConfig.nameservers must not be empty where dnsPolicy is None`);

const mountsOfVolumes =
  (spec: string): Check =>
  (inputs) => {
    const [volumes] = inputValuesAt(inputs, `${spec}.volumes`);
    if (volumes?.value === UNKNOWN) return [];
    const items = inputValuesAt(inputs, `${spec}.volumes[]`);
    const known = inputValuesAt(inputs, `${spec}.volumes[].name`).map(({ value }) => value);
    if ([...items.map(({ value }) => value), ...known].includes(UNKNOWN)) return [];
    return CONTAINER_LISTS.flatMap((list) =>
      inputValuesAt(inputs, `${spec}.${list}[].volumeMounts[].name`)
        .filter(({ value }) => isThere(value) && !known.includes(value))
        .map(({ path }) => `${path} must name a volume of the pod`),
    );
  };
