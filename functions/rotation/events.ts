import { RotationError } from "./failure";

const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

export type Step = (typeof STEPS)[number];

/** A call of Secrets Manager. */
export interface StepEvent {
  readonly step: Step;
  readonly secretId: string;
  /** The id of the version that is made. */
  readonly token: string;
  /** Goes with the value where another account rotates. */
  readonly rotationToken?: string;
}

/** A call of a deployment (`reconcile`) or of a schedule (`report`). */
export interface ActionEvent {
  readonly action: "reconcile" | "report";
}

export type RotationEvent = StepEvent | ActionEvent;

/** What an event asks for. Other keys are ignored. */
export function parseEvent(event: unknown): RotationEvent {
  const given = (typeof event === "object" && event !== null ? event : {}) as Partial<
    Readonly<Record<string, unknown>>
  >;
  const { action, Step, SecretId, ClientRequestToken, RotationToken } = given;
  if (action === "reconcile" || action === "report") return { action };
  const step = STEPS.find((name) => name === Step);
  if (
    step === undefined ||
    typeof SecretId !== "string" ||
    typeof ClientRequestToken !== "string"
  ) {
    throw new RotationError(
      `the event is unknown: expected {"action": "reconcile"}, {"action": "report"}, or Step (${STEPS.join(", ")}), SecretId and ClientRequestToken`,
    );
  }
  return {
    ...{ step, secretId: SecretId, token: ClientRequestToken },
    ...(typeof RotationToken === "string" && { rotationToken: RotationToken }),
  };
}
