import type * as kubernetes from "@pulumi/kubernetes";
import { type Check, list, object, optional } from "../../shared/checks";
import type { CsiSecretsAppArgs, Identity, NetworkPolicySettings } from "../args";
import type { Metadata } from "./objects";
import { portNumber, type ServedPort } from "./ports";

const NETWORK_POLICY: Readonly<Record<keyof NetworkPolicySettings, Check>> = {
  egressPorts: optional(list(portNumber)),
};

/** What the pods may talk to. */
export const NETWORK_POLICY_CHECKS = {
  networkPolicy: optional(object(NETWORK_POLICY)),
} satisfies Partial<Record<keyof CsiSecretsAppArgs, Check>>;

/** Name resolution, HTTPS for AWS and others, PostgreSQL. */
const DNS = 53;
const TCP = [443, 5432];

/**
 * Where the Pod Identity agent of the node answers, by IPv4 and IPv6.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 */
const POD_IDENTITY_AGENT = ["169.254.170.23/32", "fd00:ec2::23/128"];
const AGENT_PORT = 80;

interface PolicyRequest {
  readonly identity: Identity;
  /** Those of the app's container. */
  readonly ports: readonly Pick<ServedPort, "containerPort">[];
  /** Whether a Job runs before the pods. */
  readonly migrates: boolean;
  readonly settings: NetworkPolicySettings;
}

/** Whatever is not listed is refused, in both directions; answers to what is allowed always pass. */
export function networkPolicyArgs(
  metadata: Metadata,
  { identity, ports, migrates, settings }: PolicyRequest,
): kubernetes.networking.v1.NetworkPolicyArgs {
  const { name } = metadata;
  const tcp = [...new Set([...TCP, ...(settings.egressPorts ?? [])])];
  const over = (protocol: string, numbers: readonly number[]) =>
    numbers.map((port) => ({ protocol, port }));
  const served = over(
    "TCP",
    ports.map(({ containerPort }) => containerPort),
  );
  const agent = {
    to: POD_IDENTITY_AGENT.map((cidr) => ({ ipBlock: { cidr } })),
    ports: over("TCP", [AGENT_PORT]),
  };
  return {
    metadata,
    spec: {
      podSelector: {
        matchExpressions: [
          {
            key: "app.kubernetes.io/name",
            operator: "In",
            values: [name, ...(migrates ? [`${name}-migrate`] : [])],
          },
        ],
      },
      policyTypes: ["Ingress", "Egress"],
      ingress: served.length === 0 ? [] : [{ ports: served }],
      egress: [
        { ports: [...over("UDP", [DNS]), ...over("TCP", [DNS, ...tcp])] },
        ...("podIdentity" in identity ? [agent] : []),
      ],
    },
  };
}
