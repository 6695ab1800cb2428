import { asRecord, type Check, type Rules, under } from "./checks";
import * as names from "./names";
import { inputValuesAt } from "../paths";
import { holdsUnknown } from "../../wire/unknown";

/** @see https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object */
export const configMapRules: Rules = {
  "data{key}": names.dataKey,
  "data{}": names.text,
  "binaryData{key}": names.dataKey,
  "binaryData{}": names.base64,
};

const LARGEST = 1_048_576;

/** A key is in one of the two maps, and the values have at most 1 MiB together. */
export const configMapCheck: Check = (inputs) => {
  const { data, binaryData } = inputs;
  const inBoth = Object.keys(asRecord(data)).filter((key) => key in asRecord(binaryData));
  const sizes = ["data", "binaryData"].flatMap((map) =>
    inputValuesAt(inputs, `${map}{}`)
      .filter(({ value }) => !holdsUnknown(value))
      .map(({ value }) => Buffer.byteLength(String(value), map === "data" ? "utf8" : "base64")),
  );
  const size = sizes.reduce((sum, bytes) => sum + bytes, 0);
  return [
    ...(inBoth.length > 0 ? ["data and binaryData must not have a key in common"] : []),
    ...(size > LARGEST ? [`data has ${size} bytes, and may have ${LARGEST}`] : []),
  ];
};

/**
 * The schema of the driver's definition says what type each field has, and requires none.
 *
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/v1.6.0/config/crd/bases/secrets-store.csi.x-k8s.io_secretproviderclasses.yaml
 */
export const providerClassRules: Rules = under("spec", {
  provider: names.text,
  "parameters{}": names.text,
  "secretObjects[].secretName": names.text,
  "secretObjects[].type": names.text,
  "secretObjects[].labels{}": names.text,
  "secretObjects[].annotations{}": names.text,
  "secretObjects[].data[].objectName": names.text,
  "secretObjects[].data[].key": names.text,
});
