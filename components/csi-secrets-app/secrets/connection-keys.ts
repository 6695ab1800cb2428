import type { SecretValueType } from "../args";
import { declaredType } from "./key-path";

type Shape = Readonly<Record<string, SecretValueType>>;

/** Keys of a database's secret that a client needs to connect. */
export const CONNECTION_KEYS = ["username", "password", "host", "port", "dbname"] as const;

/** Whether a secret of this shape holds a connection; without a shape nobody knows. */
export const holdsConnection = (shape: Shape | undefined): boolean =>
  shape !== undefined &&
  CONNECTION_KEYS.every((key) => connectionTypeProblem(key, shape) === undefined);

/** What keeps a key of the shape from being part of a connection. */
export function connectionTypeProblem(key: string, shape: Shape | undefined): string | undefined {
  if (shape === undefined) return undefined;
  const allowed = key === "port" ? ["number", "string"] : ["string"];
  const type = declaredType(key, shape);
  return type !== undefined && allowed.includes(type)
    ? undefined
    : `must be a ${allowed.join(" or a ")}`;
}
