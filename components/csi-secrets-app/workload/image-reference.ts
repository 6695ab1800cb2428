const PART = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const DOMAIN = `(?:${PART}(?:\\.${PART})*|\\[[a-fA-F0-9:]+\\])(?::\\d+)?`;
const PATH = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const NAME = new RegExp(`^(?:${DOMAIN}/)?${PATH}(?:/${PATH})*$`);
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/**
 * What keeps a string from being the reference of an image, or `undefined`. Kubernetes takes more
 * and the node then says InvalidImageName.
 *
 * @see https://github.com/distribution/reference/blob/v0.6.0/reference.go
 */
export function imageProblem(image: string): string | undefined {
  if (!/^\S+$/.test(image)) return "must be a container image without spaces";
  const [named = "", digest, ...more] = image.split("@");
  const [, name = "", tag] = /^(.*?)(?::([^/]*))?$/.exec(named) ?? [];
  if (digest !== undefined && (more.length > 0 || !DIGEST.test(digest))) {
    return 'must have "sha256:" and 64 hexadecimal digits in lower case after "@"';
  }
  if (tag !== undefined && !TAG.test(tag)) {
    return "must have a tag of 1 to 128 letters, digits, '_', '.' and '-', not starting with '.' or '-'";
  }
  if (NAME.test(name) && name.length <= 255) return undefined;
  return NAME.test(name.toLowerCase())
    ? "must have a repository in lower-case letters"
    : "must be a container image: REGISTRY/REPOSITORY:TAG or REGISTRY/REPOSITORY@sha256:DIGEST";
}
