import {
  type Delivery,
  type DeliveryRequest,
  predictDelivery,
  type Secret,
} from "../../../../preflight/delivery";

export const REGION = "us-west-2";
export const FAILOVER = "us-east-1";

export const secret = (value: string, id = "id-1"): Secret => ({
  versions: [{ id, stages: ["AWSCURRENT"], value }],
});
export const sm = (objectName: string, more: object = {}) => ({
  objectName,
  objectType: "secretsmanager",
  ...more,
});
export const ssm = (objectName: string, more: object = {}) => ({
  objectName,
  objectType: "ssmparameter",
  ...more,
});

export type Change = Partial<DeliveryRequest> & { readonly entries?: readonly object[] };

/** The delivery of one secret `s` with the text `v`, with changes. */
export const deliver = ({ entries = [sm("s")], parameters = {}, ...change }: Change = {}) =>
  predictDelivery({
    parameters: {
      region: REGION,
      usePodIdentity: "true",
      objects: JSON.stringify(entries),
      ...parameters,
    },
    primary: { secrets: { s: secret("v") } },
    ...change,
  });

export const contents = (delivery: Delivery) =>
  Object.fromEntries(
    delivery.files.map(({ path, content }) => [
      path,
      content === undefined ? undefined : Buffer.from(content).toString(),
    ]),
  );
export const outcome = (delivery: Delivery) =>
  delivery.ok
    ? { files: contents(delivery), versions: delivery.versions }
    : { error: delivery.error, files: contents(delivery) };
export const errorOf = (delivery: Delivery) => (delivery.ok ? undefined : delivery.error);
