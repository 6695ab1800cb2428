import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  CONNECTION_SHAPE,
  connectionJson,
} from "../../../../components/secure-database/secret-payload";

const CONNECTION = {
  host: "db.example.com",
  port: 5432,
  dbname: "orders",
  username: "app_owner",
  password: "canary",
  dbInstanceIdentifier: "orders-0123abcd",
};

describe("the secret's JSON", () => {
  it("is exactly this, byte for byte", () => {
    assert.equal(
      connectionJson(CONNECTION),
      '{"engine":"postgres","host":"db.example.com","port":5432,"dbname":"orders",' +
        '"username":"app_owner","password":"canary",' +
        '"dbInstanceIdentifier":"orders-0123abcd","ssl":true}',
    );
  });

  it("does not depend on the order in which the connection is put together", () => {
    const reversed = Object.fromEntries(Object.entries(CONNECTION).reverse());
    assert.equal(
      connectionJson(reversed as unknown as typeof CONNECTION),
      connectionJson(CONNECTION),
    );
  });

  it("has the keys of its shape, in that order, with values of those types", () => {
    const text = fc.string();
    const connection = fc.record({
      host: text,
      port: fc.nat({ max: 65_535 }),
      dbname: text,
      username: text,
      password: text,
      dbInstanceIdentifier: text,
    });
    fc.assert(
      fc.property(connection, (any) => {
        const read = JSON.parse(connectionJson(any)) as Record<string, unknown>;
        const types = Object.entries(read).map(([key, value]) => [key, typeof value]);
        assert.deepEqual(types, Object.entries(CONNECTION_SHAPE));
        assert.deepEqual(read, { engine: "postgres", ...any, ssl: true });
      }),
    );
  });
});
