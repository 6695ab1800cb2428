import type { Registration } from "../../simulation/mocks/run";
import { type Chart, KNOWN_CHARTS, type Unread } from "./charts";

/** Components whose children are made elsewhere and known; what a manifest could not be read of is told. */
const UNDERSTOOD = /^(?:eks:index:|eks-db-secrets:|kubernetes:|pulumi:)/;

const mayInstall = ({ remote, type }: Registration): boolean => remote && !UNDERSTOOD.test(type);

/** Whether a cluster may hold what was not read: then nothing is missing in it for certain. */
export function hiddenParts(
  registrations: readonly Registration[],
  charts: readonly Chart[],
  unread: readonly Unread[],
  unfetched: readonly string[] = [],
): (cluster: number) => boolean {
  const anywhere = unread.length > 0 || unfetched.length > 0 || registrations.some(mayInstall);
  const unknown = charts.filter(({ chart }) => !KNOWN_CHARTS.includes(chart));
  return (cluster) => anywhere || unknown.some((each) => each.cluster === cluster);
}
