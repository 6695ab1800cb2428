import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { declaredArgs } from "../../shared/transformed";
import type { Context } from "../context";
import { selectorLabels } from "../workload/objects";
import { defaultRestart, defaultSchedule, type Restart, rotatingVariables } from "./contract";
import { cronJobArgs, reloaderAnnotations, roleRules } from "./objects";

/** Suffix of the objects that restart an app's pods. */
const SUFFIX = "-restart";

/** What restarts the pods of an app. */
const restartOf = ({ args, sources, entries }: Context): Restart =>
  args.restart ?? defaultRestart(rotatingVariables(sources, entries));

/** Annotations of the Deployment for what restarts it. */
export const restartAnnotations = (context: Context): Readonly<Record<string, string>> =>
  restartOf(context) === "reloader" ? reloaderAnnotations(context.name) : {};

/** Declares what restarts the pods on a schedule, with the right to do that and nothing else. */
export function scheduledRestart(
  parent: pulumi.ComponentResource,
  context: Context,
  deployment: k8s.apps.v1.Deployment,
): void {
  if (restartOf(context) !== "scheduled") return;
  const { name, namespace, args, inputs, sources, entries } = context;
  const ownName = `${name}${SUFFIX}`;
  // Not the app's labels: its Service and disruption budget select by them.
  const metadata = { name: ownName, namespace, labels: selectorLabels(ownName) };
  const options = { parent };
  const account = new k8s.core.v1.ServiceAccount(`${ownName}-account`, { metadata }, options);
  const role = new k8s.rbac.v1.Role(
    `${ownName}-role`,
    { metadata, rules: roleRules(name) },
    options,
  );
  const binding = new k8s.rbac.v1.RoleBinding(
    `${ownName}-binding`,
    {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
      subjects: [{ kind: "ServiceAccount", name: ownName, namespace }],
    },
    options,
  );
  const { cron, timeZone = "Etc/UTC", suspend = false } = args.restartSchedule ?? {};
  const planned = cronJobArgs(metadata, {
    deployment: name,
    serviceAccount: account.metadata.name,
    schedule: cron ?? defaultSchedule(rotatingVariables(sources, entries), timeZone),
    timeZone,
    suspend,
    image: inputs.restartImage,
  });
  new k8s.batch.v1.CronJob(ownName, declaredArgs(context, "restart", planned), {
    parent,
    dependsOn: [binding, deployment],
  });
}
