import { distinct, type Rule } from "../../rule";
import { passwordUrls } from "../rotating-values";

export const rotatedPasswordInUrl: Rule = {
  id: "rotated-password-in-url",
  severity: "error",
  why:
    "AWS's function makes passwords with punctuation, five or six characters of 32. Nothing encodes them in the " +
    "URL, so it ends at one of them, or is read as another password, from the first rotation on.",
  remedy:
    "Set EXCLUDE_PUNCTUATION (of the application, excludePunctuation) to true, or give host, user and password to the client one by one.",
  source: "https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas",
  check: ({ rotatedMounts }) =>
    distinct(
      rotatedMounts
        .filter(({ rotation: { by } }) => typeof by === "object" && by.breaksUrls === true)
        .flatMap(({ mount, object, secret }) =>
          passwordUrls(mount, object).map((name) => ({
            urn: mount.workload.urn,
            message: `${name} of ${mount.workload.label} is a URL with the password of the secret ${secret}, which gets punctuation`,
          })),
        ),
    ),
};
