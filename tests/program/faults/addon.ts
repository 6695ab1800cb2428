import type { Draft, Json } from "../../unit/preflight/doctor/draft";
import type { PlantedFault } from "./fault";

const ADDON = "secrets-addon";
const configuration = (change: (values: Json) => unknown) => (draft: Draft) =>
  draft.json(ADDON, ["configurationValues"], change);
const driver = (change: (values: Json) => unknown) =>
  configuration((values) => change(values["secrets-store-csi-driver"]));

/** Faults of a driver that is installed as an add-on of EKS. */
export const ADDON_FAULTS: readonly PlantedFault[] = [
  [
    "the driver's role on Secrets is gone",
    "sync-rights-missing",
    (draft) => draft.remove("secrets-sync-role"),
  ],
  [
    "the driver's role is not bound",
    "sync-rights-missing",
    (draft) => draft.remove("secrets-sync-role-binding"),
  ],
  [
    "the driver's role lets read only",
    "sync-rights-missing",
    (draft) => draft.set("secrets-sync-role", ["rules", 0, "verbs"], ["get", "list", "watch"]),
  ],
  [
    "the role is bound to another account",
    "sync-rights-missing",
    (draft) => draft.set("secrets-sync-role-binding", ["subjects", 0, "name"], "default"),
  ],
  [
    "its configuration is cut off",
    "addon-configuration-malformed",
    (draft) => draft.set(ADDON, ["configurationValues"], '{ "tolerations": ['),
  ],
  [
    "no audience is asked for",
    "token-audience-missing",
    driver((values) => {
      values.tokenRequests = [];
    }),
  ],
  [
    "the interval is long",
    "rotation-interval-long",
    driver((values) => {
      values.rotationPollInterval = "10m";
    }),
  ],
  [
    "rotation is off",
    "rotation-off",
    driver((values) => {
      values.enableSecretRotation = false;
    }),
  ],
  [
    "the provider tolerates nothing",
    "provider-tolerations-missing",
    configuration((values) => {
      values.tolerations = [];
    }),
  ],
  [
    "a value stands at the wrong level",
    "values-misnested",
    configuration((values) => {
      values.syncSecret = { enabled: true };
    }),
  ],
  [
    "the add-on is installed twice",
    "driver-installed-twice",
    (draft) => draft.copy(ADDON, "again"),
  ],
];
