import type { RotationSettings } from "../../../../functions/rotation/settings";

export const SETTINGS: RotationSettings = {
  secretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-app-AbCdEf",
  masterSecretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:master-AbCdEf",
  host: "orders.abc.eu-central-1.rds.amazonaws.com",
  port: 5432,
  dbname: "orders",
  dbInstanceIdentifier: "orders-1",
  ownerRole: "orders_owner",
  users: ["orders_app", "orders_app_clone"],
  access: "owner",
  schema: "public",
  minimumAgeSeconds: 600,
};

export const READER: RotationSettings = {
  ...SETTINGS,
  ownerRole: "reports_readers",
  users: ["reports", "reports_clone"],
  access: "read",
  readsFrom: "orders_owner",
};

export const FACTS = {
  engine: "postgres",
  host: SETTINGS.host,
  port: 5432,
  dbname: "orders",
  dbInstanceIdentifier: "orders-1",
  ssl: true,
};
