import {
  type Descriptor,
  type FileOrigins,
  fileOrigins,
  type JsonShape,
  keysIn,
} from "../../delivery";
import type { Mount } from "../../doctor/facts";
import { shapeOf } from "./secrets";

/**
 * What a mount gives, by the model of driver and provider. Of a secret that is not known, it is
 * assumed to hold what the class asks for.
 */
export function deliver({ parameters, region, objects, providerClass }: Mount): FileOrigins {
  const held = Object.fromEntries(
    objects.flatMap(({ descriptor, secret }) => {
      const { objectName, failoverObject } = descriptor;
      const shape = (secret && shapeOf(secret)) ?? assumedShape(descriptor);
      const names = [objectName, failoverObject.objectName].filter((name) => name !== "");
      return names.map((name) => [name, shape] as const);
    }),
  );
  return fileOrigins({
    parameters: { ...parameters, region },
    // What is refused has none, and the refusal is still to be told.
    ...(objects.length > 0 && { descriptors: objects.map(({ descriptor }) => descriptor) }),
    secretObjects: providerClass.secretObjects,
    secrets: held,
    ssmParameters: held,
  });
}

/** A JSON with every key that the class reads, each a text. */
export function assumedShape({ jmesPath }: Pick<Descriptor, "jmesPath">): JsonShape {
  const shape: MutableShape = {};
  for (const key of jmesPath.flatMap(({ path }) => keysIn(path))) {
    const segments = key.split(".");
    const last = segments.pop() ?? key;
    let parent = shape;
    for (const segment of segments) {
      const child = parent[segment];
      const inner = typeof child === "object" ? child : {};
      parent[segment] = inner;
      parent = inner;
    }
    parent[last] ??= "string";
  }
  return shape;
}

interface MutableShape {
  [key: string]: "string" | MutableShape;
}
