import { byteLength } from "./go/text";

/** What replaces `/` in a file name; empty: nothing does, and leading slashes are dropped. */
export type PathTranslation = string;

/** What the provider says to a `pathTranslation` that it does not understand. */
export const INVALID_TRANSLATION =
  "pathTranslation must be either 'False' or a single character string";

/**
 * The parameter `pathTranslation` as the provider reads it: `_` if it is empty, nothing for `False`
 * in any case, else the character, which must be one byte. `undefined` if it is none of these.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/provider/secret_descriptor.go
 */
export function parsePathTranslation(parameter: string): PathTranslation | undefined {
  if (parameter === "") return "_";
  if (parameter.toLowerCase() === "false") return "";
  return byteLength(parameter) === 1 ? parameter : undefined;
}

/**
 * Name of the file that an entry is written to, under the mount. `objectName` of the synced
 * Secret's data must be this name.
 *
 * @see https://github.com/aws/secrets-store-csi-driver-provider-aws/blob/5f47771/provider/secret_descriptor.go
 */
export function mountedFileName(
  { objectName, objectAlias = "" }: { readonly objectName: string; readonly objectAlias?: string },
  translation: PathTranslation = "_",
): string {
  const name = objectAlias || objectName;
  return translation === "" ? name.replace(/^\/+/, "") : name.replaceAll("/", () => translation);
}
