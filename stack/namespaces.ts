import type { AppConfig } from "./config/app-schema";

/** The apps, those that create a namespace first: others may be in one of those. */
export const creatorsFirst = (apps: readonly AppConfig[]): readonly AppConfig[] => [
  ...apps.filter(({ createNamespace }) => createNamespace),
  ...apps.filter(({ createNamespace }) => !createNamespace),
];

/** The namespace of an app: by default one of its own name. */
export const namespaceOf = ({ namespace, name }: Pick<AppConfig, "namespace" | "name">): string =>
  namespace ?? name;
