import type { Container } from "../../facts";
import { distinct } from "../../rule";
import { fileList, isAt } from "../file-list";
import type { Rule } from "../../rule";

export const fileNotMounted: Rule = {
  id: "file-not-mounted",
  severity: "warning",
  why:
    "The container is told of a file under the mount that the class does not write. The volume is read-only, " +
    "so nobody else puts it there, and whatever reads it fails.",
  remedy: "Name a file that the class writes, or give the entry that objectAlias.",
  source:
    "https://github.com/aws/secrets-store-csi-driver-provider-aws#secretproviderclass-options",
  check: ({ deliveries }) =>
    distinct(
      deliveries
        .filter(({ fileNames }) => fileNames.length > 0)
        .flatMap(({ mount: { workload, volume, providerClass }, fileNames }) =>
          volume.mounts.flatMap(({ container: name, path }) => {
            const container = workload.containers.find((each) => each.name === name);
            if (container === undefined) return [];
            return filesUnder(path.replace(/\/+$/, ""), volume.name, container)
              .filter(({ file }) => !fileNames.some((each) => isAt(each, file)))
              .map(({ where, file }) => ({
                urn: workload.urn,
                message: `${where} of the container ${name} of ${workload.label} names ${path}/${file}, which ${providerClass.label} does not write; it writes ${fileList(fileNames)}`,
              }));
          }),
        ),
    ),
};

/** What the variables, the command and the arguments of a container name under a path. */
function filesUnder(
  path: string,
  volume: string,
  { mounts, variables, words }: Container,
): readonly { readonly where: string; readonly file: string }[] {
  const texts = [
    ...variables.map(({ name, value = "" }) => ({ where: `the variable ${name}`, text: value })),
    ...words.map((text) => ({ where: "the command", text })),
  ];
  const deeper = mounts
    .filter((mount) => mount.volume !== volume || mount.subPath !== undefined)
    .map((mount) => mount.path);
  return texts.flatMap(({ where, text }) =>
    filesIn(text, path)
      .map((file) => ({ where, file }))
      .filter(({ file }) => !deeper.some((other) => isAt(`${path}/${file}`, other))),
  );
}

/** A name that neither a shell nor the app completes. */
const FILE = /^\/*([\w-][\w.-]*(?:\/[\w.-]+)*)(?![\w./*?[{$(%-])/;

function filesIn(text: string, path: string): readonly string[] {
  // Of a path that is known only after the update, or of all of the container, nothing can be told.
  if (path === "") return [];
  const pieces = text.split(`${path}/`);
  return pieces.slice(1).flatMap((rest, index) => {
    // The path is a part of a longer one, or of an address.
    if (/(?<!:\/)[\w./-]$/.test(pieces[index] ?? "")) return [];
    const file = FILE.exec(rest)?.[1];
    return file === undefined ? [] : [file.replace(/\.+$/, "")];
  });
}
