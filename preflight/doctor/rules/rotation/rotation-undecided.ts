import { type Facts, LEAST_PERIOD_SECONDS } from "../../facts";
import { distinct, listing, type Problem, type Rule } from "../../rule";
import { passwordUrls } from "../rotating-values";
import { staleVariables } from "../stale-variables";

type Rotation = Facts["rotations"][number];
type RotatedMount = Facts["rotatedMounts"][number];

export const rotationUndecided: Rule = {
  id: "rotation-undecided",
  severity: "note",
  why:
    "Part of what rotates a secret, or of what has pods follow, lies outside the program or is known only after the " +
    "update. Whether pods keep credentials that are good is not proven either way.",
  remedy:
    "Write out what can be known, or look at the schedule, its function and the driver's values.",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html",
  check: (facts) => {
    const { rotations, rotatedMounts, proxies } = facts;
    return distinct([
      ...rotations.flatMap(undecidedRotation),
      ...rotatedMounts.flatMap(undecidedMount),
      ...undecidedRestarts(facts),
      ...(rotations.some(({ by }) => typeof by === "object" && by.users === "two")
        ? proxies
            .filter(({ secretsKnown }) => !secretsKnown)
            .map(({ urn, name }) => ({
              urn,
              message: `cannot tell whether ${name} logs in with a secret in which two users take turns`,
            }))
        : []),
    ]);
  },
};

const undecidedRestarts = (facts: Facts): readonly Problem[] =>
  staleVariables(facts).flatMap(({ mount, names, secrets, restart }) =>
    restart.is === "unknown"
      ? [
          {
            urn: mount.workload.urn,
            message:
              `cannot tell whether ${listing(restart.by)} restarts ${mount.workload.label} within each period of ` +
              `the secret ${listing(secrets)}, whose values ${listing(names)} keep`,
          },
        ]
      : [],
  );

function undecidedRotation(rotation: Rotation): readonly Problem[] {
  const { urn, name, secret, secretId, leastGapSeconds, windowSeconds = 0, by } = rotation;
  const problem = (what: string): Problem => ({ urn, message: `cannot tell ${what}` });
  const called = secret?.name ?? secretId;
  if (called === undefined) return [problem(`which secret ${name} rotates`)];
  if (by === undefined) {
    return [
      problem(
        `how the secret ${called} gets its next value: the function of ${name} is none that is known here`,
      ),
    ];
  }
  if (by === "RDS") return [];
  if (by.code === "AWS") {
    const content = secret?.content;
    const isKnown = content === "text" || (content !== undefined && content.ssl !== "unknown");
    return isKnown ? [] : [problem(`whether the secret ${called} says ssl to ${by.name}`)];
  }
  const minimum = by.settings?.minimumAgeSeconds;
  const isDecided =
    minimum !== undefined &&
    (leastGapSeconds !== undefined || minimum <= LEAST_PERIOD_SECONDS - windowSeconds);
  return isDecided
    ? []
    : [problem(`whether ${name} leaves its function the minimum age between two rotations`)];
}

function undecidedMount(rotated: RotatedMount): readonly Problem[] {
  const { mount, object, secret, rotation, follows } = rotated;
  const { urn, label } = mount.workload;
  const { by, periodSeconds } = rotation;
  const { isOn, lagSeconds } = follows;
  const isInTime =
    lagSeconds !== undefined && (periodSeconds !== undefined || lagSeconds < LEAST_PERIOD_SECONDS);
  const inUrls =
    typeof by === "object" && by.breaksUrls === undefined ? passwordUrls(mount, object) : [];
  return [
    ...(isOn === undefined
      ? [
          `cannot tell whether ${label} gets new values of the secret ${secret}: the driver of its cluster, or its values, are not known here`,
        ]
      : []),
    ...(isOn === true && !isInTime
      ? [
          `cannot tell whether ${label} has a new value of the secret ${secret} before it rotates again`,
        ]
      : []),
    ...inUrls.map(
      (name) =>
        `cannot tell whether the password of the secret ${secret} gets punctuation, which ${name} of ${label} puts into a URL`,
    ),
  ].map((message) => ({ urn, message }));
}
