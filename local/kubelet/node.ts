import { goDurationSeconds } from "../../preflight/delivery/go/duration";
import { type Facts, olderThan } from "../../preflight/doctor/facts";
import { text } from "../../preflight/simulation/models/model";
import { at } from "../../preflight/simulation/wire/values";
import { TYPES } from "../../preflight/simulation/models/aws/common";
import type { CloudStore } from "../server/store";

/** What the cluster provides for pods that mount secrets. */
export interface NodeSetup {
  /** The secrets driver is installed. */
  readonly hasDriver: boolean;
  /** The driver's AWS provider is installed. */
  readonly hasProvider: boolean;
  readonly hasPodIdentityAgent: boolean;
  /** Audiences of the tokens that the driver receives; `undefined`: all that the provider may need. */
  readonly audiences: readonly string[] | undefined;
  /** The driver may write Kubernetes Secrets. */
  readonly syncsSecrets: boolean;
}

/** How the driver follows a secret that rotates. */
export interface Refresh {
  /** It reads the secrets again. */
  readonly enabled: boolean;
  /** Milliseconds from a rotation to the new files, at most: a poll interval and a kubelet's round. */
  readonly longestMs: number;
}

const POLL_SECONDS = 120;
/** A kubelet asks for the files of a volume about every minute and a half at most. */
const ROUND_SECONDS = 90;

/** A driver outside the stack is assumed to refresh with its default interval. */
export function refreshOf(facts: Facts, { hasDriver }: NodeSetup): Refresh {
  const values = driverIn(facts)?.driverValues;
  const interval = text(values?.rotationPollInterval);
  return {
    enabled: hasDriver && values?.enableSecretRotation !== false,
    longestMs: ((goDurationSeconds(interval) ?? POLL_SECONDS) + ROUND_SECONDS) * 1000,
  };
}

/** The driver that the stack installs, where its values are known. */
const driverIn = ({ installs }: Facts) =>
  installs.find(({ installsDriver, valuesKnown }) => installsDriver && valuesKnown);

const ADDON = "aws:eks/addon:Addon";
const AGENT = "eks-pod-identity-agent";

/**
 * In a cluster that the stack creates, only what the stack installs exists; a cluster outside the stack
 * is assumed to have the rest.
 */
export function nodeSetup(facts: Facts, store: CloudStore): NodeSetup {
  const { installs, eksClusters, syncRights } = facts;
  const isOutside = eksClusters.length === 0;
  const driver = driverIn(facts);
  const provider = installs.find(({ installsProvider }) => installsProvider);
  return {
    hasDriver: isOutside || installs.some(({ installsDriver }) => installsDriver),
    hasProvider: isOutside || provider !== undefined,
    hasPodIdentityAgent: isOutside || hasAgent(store),
    // Before 3.0 the provider requested its tokens itself.
    audiences: olderThan(provider?.version, 3) ? undefined : driver?.audiences,
    syncsSecrets:
      driver === undefined ||
      at(driver.driverValues, "syncSecret", "enabled") === true ||
      syncRights.has(driver.cluster),
  };
}

/** The add-on; nodes of EKS Auto Mode have the agent built in. */
const hasAgent = (store: CloudStore): boolean =>
  store.all(ADDON).some(({ inputs }) => inputs.addonName === AGENT) ||
  store.all(TYPES.cluster).some(({ inputs }) => at(inputs, "computeConfig", "enabled") === true);
