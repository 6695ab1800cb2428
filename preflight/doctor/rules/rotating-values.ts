import { keysIn } from "../../delivery";
import type { Mount, MountedObject } from "../facts";

/** Keys of a database's secret that a rotation leaves as they are. */
const FIXED_KEYS: readonly string[] = [
  ...["engine", "host", "port", "dbname", "dbInstanceIdentifier", "dbClusterIdentifier", "ssl"],
];

/** Files of a secret whose value a rotation changes. */
export const rotatingFiles = ({ descriptor }: MountedObject): readonly string[] => [
  descriptor.objectAlias || descriptor.objectName,
  ...descriptor.jmesPath
    .filter(({ path }) => keysIn(path).some((key) => !FIXED_KEYS.includes(key)))
    .map(({ objectAlias }) => objectAlias),
];

/** Variables of the pods from a Secret that the driver makes of one of these files. */
export const variablesOfFiles = (
  { workload, providerClass }: Mount,
  files: readonly string[],
): readonly string[] =>
  workload.variables.flatMap(({ name, secretKeyRef }) => {
    const made = providerClass.secretObjects.find(
      ({ secretName }) => secretName === secretKeyRef?.name,
    );
    const file = made?.data.find(({ key }) => key === secretKeyRef?.key)?.objectName;
    return file !== undefined && files.includes(file) ? [name] : [];
  });

/** Also with the name of a driver, as SQLAlchemy takes it. */
const URL_SCHEME = /\b(?:postgres(?:ql)?|mysql|mariadb)(?:\+\w+)?:\/\//;

/** Where the pods get the secret's password inside a URL: files, and variables made of variables. */
export function passwordUrls(mount: Mount, { descriptor }: MountedObject): readonly string[] {
  const withPassword = descriptor.jmesPath.filter(({ path }) => keysIn(path).includes("password"));
  const isUrl = ({ path }: { readonly path: string }): boolean => URL_SCHEME.test(path);
  const passwords = variablesOfFiles(
    mount,
    withPassword.filter((entry) => !isUrl(entry)).map(({ objectAlias }) => objectAlias),
  );
  return [
    ...withPassword.filter(isUrl).map(({ objectAlias }) => objectAlias),
    ...mount.workload.environment
      .filter(([, value]) => URL_SCHEME.test(value))
      .filter(([, value]) => passwords.some((name) => value.includes(`$(${name})`)))
      .map(([name]) => name),
  ];
}
