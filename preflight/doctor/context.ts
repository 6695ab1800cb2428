import type { EvaluatedProgram } from "../simulation/program/evaluate-program";
import { SECRET_PLACEHOLDER } from "../simulation/program/stack-file";
import type { DoctorContext } from "./facts";

type Known =
  | "account"
  | "isRegionKnown"
  | "areInputsAccepted"
  | "kubernetesNamespace"
  | "unanswered"
  | "unfetched"
  | "environments"
  | "duplicates"
  | "reads";

/** What is known of the run of a program besides its resources. */
export const contextOf = (
  run: Pick<EvaluatedProgram, Known> & Pick<DoctorContext, "endedBy">,
): DoctorContext => {
  const { account, isRegionKnown, unanswered, unfetched, environments, duplicates, endedBy } = run;
  const { kubernetesNamespace, areInputsAccepted, reads = [] } = run;
  const { region, accountId, partition } = account;
  return {
    ...{ region, accountId, partition, isRegionKnown, areInputsAccepted },
    ...{ unanswered, unfetched, environments, duplicates, reads },
    secretPlaceholder: SECRET_PLACEHOLDER,
    ...(kubernetesNamespace !== undefined && { kubernetesNamespace }),
    ...(endedBy !== undefined && { endedBy }),
  };
};
