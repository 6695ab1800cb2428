import {
  asRecord,
  type Check,
  checks,
  distinct,
  evenEmpty,
  isNothing,
  isThere,
  oneAmong,
  recordsAt,
  requires,
  type Rules,
  under,
} from "./checks";
import * as names from "./names";
import { selectorCheck, selectorRules } from "./selectors";
import { inputValuesAt } from "../paths";
import { holdsUnknown, UNKNOWN } from "../../wire/unknown";
import { oneOf } from "../value-rules";

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go */
export const serviceRules: Rules = under("spec", {
  type: oneOf("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),
  sessionAffinity: oneOf("ClientIP", "None"),
  externalTrafficPolicy: oneOf("Cluster", "Local"),
  internalTrafficPolicy: evenEmpty(oneOf("Cluster", "Local")),
  "selector{key}": names.qualifiedName,
  "selector{}": names.labelValue,
  "ports[].name": names.dnsLabel,
  "ports[].port": names.portNumber,
  "ports[].targetPort": (value) => (value === 0 ? undefined : names.port(value)),
  "ports[].nodePort": names.whole(0, 65_535),
  "ports[].protocol": oneOf("TCP", "UDP", "SCTP"),
});

/** The name of another host, which may end in a dot. No other type of Service reads it. */
const externalNameOf = checks(requires("spec.externalName"), (inputs) =>
  inputValuesAt(inputs, "spec.externalName")
    .filter(({ value }) => value !== UNKNOWN && !isNothing(value))
    .flatMap(({ path, value }) => {
      const error = names.dnsSubdomain(String(value).replace(/\.$/, ""));
      return error === undefined ? [] : [`${path} ${error}`];
    }),
);

const portsOfService: Check = (inputs) => {
  const { spec } = inputs;
  const { type, clusterIP, ports } = asRecord(spec);
  const unknown = [spec, type, clusterIP].includes(UNKNOWN);
  const needless = unknown || type === "ExternalName" || clusterIP === "None";
  const missing = isNothing(ports) && !needless ? ["spec.ports: Required value"] : [];
  const several = Array.isArray(ports) && ports.length > 1;
  const closed = isNothing(type) || type === "ClusterIP";
  return [
    ...missing,
    ...(several ? requires("spec.ports[].name")(inputs) : []),
    ...inputValuesAt(inputs, "spec.ports[].nodePort")
      .filter(({ value }) => closed && value !== 0 && isThere(value))
      .map(({ path }) => `${path} must be absent where spec.type is ClusterIP`),
    ...(type === "ExternalName" ? externalNameOf(inputs) : []),
  ];
};

/** No two ports of a Service have the same number and protocol. */
const portsApart: Check = (inputs) => {
  const seen = new Set<string>();
  return recordsAt(inputs, "spec.ports[]")
    .filter(({ record: { port, protocol } }) => !holdsUnknown([port, protocol]))
    .filter(({ record: { port, protocol } }) => {
      const key = JSON.stringify([port, isNothing(protocol) ? "TCP" : protocol]);
      return seen.size === seen.add(key).size;
    })
    .map(({ path }) => `${path} must differ from the others in port or protocol`);
};

export const serviceCheck = checks(
  requires("spec.ports[].port"),
  portsOfService,
  distinct("spec.ports", "name"),
  portsApart,
);

const backendRules: Rules = {
  "service.name": names.dnsLabel,
  "service.port.name": names.portName,
  "service.port.number": names.portNumber,
};

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/networking/validation/validation.go */
export const ingressRules: Rules = under("spec", {
  ingressClassName: evenEmpty(names.dnsSubdomain),
  "rules[].host": names.host,
  "rules[].http.paths[].pathType": oneOf("Exact", "ImplementationSpecific", "Prefix"),
  ...under("rules[].http.paths[].backend", backendRules),
  ...under("defaultBackend", backendRules),
  "tls[].hosts[]": evenEmpty(names.certificateHost),
  "tls[].secretName": names.dnsSubdomain,
});

const PATHS = "spec.rules[].http.paths[]";
const BACKENDS = ["spec.defaultBackend", `${PATHS}.backend`];

const rulesOrDefault: Check = (inputs) => {
  const { rules, defaultBackend } = asRecord(inputs.spec);
  const given = inputs.spec === UNKNOWN || !isNothing(rules) || !isNothing(defaultBackend);
  return given ? [] : ["spec: either `defaultBackend` or `rules` must be specified"];
};

/** What a path of an Ingress must not have in it, or at its end, where it is compared as text. */
const ODD_PATH = /\/\/|\/\.\/|\/\.\.\/|%2f|%2F|\/\.\.$|\/\.$/;

const pathsOfIngress: Check = (inputs) =>
  recordsAt(inputs, PATHS).flatMap(({ path: location, record: { path, pathType } }) => {
    if (holdsUnknown([path, pathType])) return [];
    const compared = pathType === "Exact" || pathType === "Prefix";
    if (isNothing(path) && !compared) return [];
    if (typeof path !== "string" || !path.startsWith("/"))
      return [`${location}.path must start with '/'`];
    return compared && ODD_PATH.test(path)
      ? [
          `${location}.path must hold neither '//', '/./' nor '/../', no '%2f', and not end with '/.' or '/..'`,
        ]
      : [];
  });

export const ingressCheck = checks(
  rulesOrDefault,
  requires("spec.rules[].http?.paths", `${PATHS}.pathType`, `${PATHS}.backend`),
  ...BACKENDS.flatMap((backend) => [
    oneAmong(backend, ["service", "resource"]),
    requires(
      `${backend}.service?.name`,
      `${backend}.service?.port`,
      `${backend}.resource?.kind`,
      `${backend}.resource?.name`,
    ),
    oneAmong(`${backend}.service.port`, ["name", "number"]),
  ]),
  pathsOfIngress,
);

const policyPort: Rules = {
  protocol: oneOf("TCP", "UDP", "SCTP"),
  port: names.port,
  endPort: names.portNumber,
};
const policyPeer: Rules = {
  ...under("podSelector", selectorRules),
  ...under("namespaceSelector", selectorRules),
};

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/networking/validation/validation.go */
export const networkPolicyRules: Rules = under("spec", {
  "policyTypes[]": oneOf("Ingress", "Egress"),
  ...under("podSelector", selectorRules),
  ...under("ingress[].ports[]", policyPort),
  ...under("egress[].ports[]", policyPort),
  ...under("ingress[].from[]", policyPeer),
  ...under("egress[].to[]", policyPeer),
});

const PEERS = ["spec.ingress[].from[]", "spec.egress[].to[]"];

/** Addresses, or a selection of pods. */
const peerOf =
  (peers: string): Check =>
  (inputs) =>
    recordsAt(inputs, peers).flatMap(({ path, record }) => {
      const { ipBlock, podSelector, namespaceSelector } = record;
      const selectors = [podSelector, namespaceSelector];
      if ([ipBlock, ...selectors].every(isAbsent)) return [`${path} must specify a peer`];
      return !isAbsent(ipBlock) && ipBlock !== UNKNOWN && selectors.some(isThere)
        ? [`${path}.ipBlock must not be beside a selector`]
        : [];
    });

/** An empty selector selects all. */
const isAbsent = (value: unknown): boolean => value === undefined || value === null;

export const networkPolicyCheck = checks(
  selectorCheck("spec.podSelector"),
  ...PEERS.flatMap((peers) => [
    peerOf(peers),
    requires(`${peers}.ipBlock?.cidr`),
    selectorCheck(`${peers}.podSelector`),
    selectorCheck(`${peers}.namespaceSelector`),
  ]),
);
