import * as assert from "node:assert/strict";
import { addonValues } from "../../../../components/csi-secrets-driver/addon-values";

const AUDIENCES = '[{"audience":"sts.amazonaws.com"},{"audience":"pods.eks.amazonaws.com"}]';

describe("the configuration of the EKS add-on", () => {
  it("is JSON with sorted keys, and nothing that the add-on's schema lacks", () => {
    assert.equal(
      addonValues({ rotationPollInterval: "2m", useFipsEndpoint: false }),
      '{"priorityClassName":"system-node-critical","secrets-store-csi-driver":' +
        `{"enableSecretRotation":true,"rotationPollInterval":"2m","syncSecret":{"enabled":true},` +
        `"tokenRequests":${AUDIENCES}},"tolerations":[{"operator":"Exists"}]}`,
    );
  });

  it("says so when rotation is off and FIPS is on", () => {
    assert.equal(
      addonValues({ useFipsEndpoint: true }),
      '{"priorityClassName":"system-node-critical","secrets-store-csi-driver":' +
        `{"enableSecretRotation":false,"syncSecret":{"enabled":true},` +
        `"tokenRequests":${AUDIENCES}},"tolerations":[{"operator":"Exists"}],"useFipsEndpoint":true}`,
    );
  });
});
