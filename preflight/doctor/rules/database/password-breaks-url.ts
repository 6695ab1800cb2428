import { distinct, listing } from "../../rule";
import type { Rule } from "../../rule";
import { passwordUrls } from "../rotating-values";

/** What ends the part of a URL that a password stands in, or begins an encoded character. */
const DELIMITERS = "/?#@%[]";

export const passwordBreaksUrl: Rule = {
  id: "password-breaks-url",
  severity: "error",
  why:
    "Nothing encodes the password in the URL. It ends at one of these characters, or is read as another " +
    "password; a generator that may choose them breaks the URL only now and then.",
  remedy:
    "Generate the password with special: false, or with an overrideSpecial such as -_~., or give host, user " +
    "and password to the client one by one.",
  source: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
  check: ({ mounts }) =>
    distinct(
      mounts.flatMap((mount) =>
        mount.objects.flatMap((object) => {
          const { name = "", punctuation = "" } = object.secret ?? {};
          const found = [...DELIMITERS].filter((each) => punctuation.includes(each));
          if (found.length === 0) return [];
          return passwordUrls(mount, object).map((variable) => ({
            urn: mount.workload.urn,
            message: `${variable} of ${mount.workload.label} is a URL with the password of the secret ${name}, which may hold ${listing(found)}`,
          }));
        }),
      ),
    ),
};
