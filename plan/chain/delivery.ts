import { parse } from "yaml";
import { at, listOf, textOf } from "../values";
import type { ProviderClass } from "./provider-classes";

/** A file that the AWS provider will write, and where its content comes from. */
export interface DeliveredFile {
  readonly name: string;
  /** `objectName` of the secret, as the class has it: a name or an ARN. */
  readonly secret: string;
  /** Keys of the secret's JSON that the content is made of; none for the whole secret. */
  readonly keys: readonly string[];
}

/** The files that mounting a class gives. */
export function deliveredFiles({ parameters }: ProviderClass): readonly DeliveredFile[] {
  return listOf(parse(parameters.objects ?? "")).flatMap((object) => {
    const secret = textOf(at(object, "objectName")) ?? "";
    const alias = textOf(at(object, "objectAlias")) ?? secret;
    const entries = listOf(at(object, "jmesPath")).map((entry) => ({
      name: textOf(at(entry, "objectAlias")) ?? "",
      secret,
      keys: textOf(at(entry, "path"))?.match(/[A-Za-z_]+/g) ?? [],
    }));
    return [{ name: alias.replaceAll("/", "_"), secret, keys: [] }, ...entries];
  });
}
