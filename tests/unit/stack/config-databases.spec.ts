import * as assert from "node:assert/strict";
import { accepted, app, issues } from "./config";

type Sections = Readonly<Record<string, unknown>>;

const database = (more: Sections = {}): Sections => ({ name: "orders", ...more });
const orders = (more: Sections = {}): Sections =>
  app({ database: database({ user: {}, ...more }) });
const guest = (name: string, of: string, user: Sections = { access: "read" }): Sections => ({
  name,
  database: { of, user },
});

/** What is wrong with these apps. */
const wrong = (...apps: readonly Sections[]): readonly string[] => issues({ apps });

const EXISTING = { vpcId: "vpc-1", databaseSubnetIds: ["subnet-a", "subnet-b"] };

describe("a database of several apps in the stack's configuration", () => {
  it("may have one user, readers and owners of their own, in any order", () => {
    for (const apps of [
      [orders()],
      [orders({ user: { rotation: false } })],
      [orders({ user: { rotation: { every: "rate(12 hours)", window: "2h" } } })],
      [orders(), guest("reports", "orders")],
      [guest("reports", "orders"), orders()],
      [orders(), guest("reports", "orders", { access: "owner", name: "sales" })],
      [orders(), guest("reports", "orders"), guest("audit", "orders")],
      [orders({ masterPassword: "managed" }), guest("reports", "orders")],
      [orders(), app({ name: "stock" }), guest("reports", "orders")],
    ]) {
      assert.deepEqual(wrong(...apps), []);
    }
  });

  it("keeps what it says of users", () => {
    const { apps } = accepted({
      apps: [orders({ user: { name: "shop", rotation: false } }), guest("reports", "orders")],
    });
    assert.deepEqual(
      apps.map((one) => one.database),
      [
        { name: "orders", user: { name: "shop", rotation: false } },
        { of: "orders", user: { access: "read" } },
      ],
    );
  });

  it("must be that of another app, which has one with a user", () => {
    const rule = "shop:apps[1].database.of must be";
    assert.deepEqual(wrong(orders(), guest("reports", "order")), [
      `${rule} an app of this stack with a database: "orders"; got "order"`,
    ]);
    assert.deepEqual(wrong(guest("reports", "reports")), [
      "shop:apps[0].database.of must not be the app itself: give it a database of its own, or name " +
        'another app\'s; got "reports"',
    ]);
    assert.deepEqual(
      wrong(orders(), guest("reports", "orders"), guest("audit", "reports")).slice(0, 1),
      [
        "shop:apps[2].database.of must be the app that has the database; that one uses the " +
          'database of "orders"; got "reports"',
      ],
    );
    assert.deepEqual(wrong(app(), guest("reports", "orders")), [
      `${rule} an app with a 'user' of its own: without one it is the master user, and could do ` +
        'anything to this one\'s; got "orders"',
    ]);
    assert.deepEqual(wrong(guest("reports", "orders")), [
      "shop:apps[0].database.of must be an app of this stack with a database: there is none; got " +
        '"orders"',
    ]);
  });

  it("has no two roles of one name, and none of the master user's", () => {
    assert.deepEqual(
      wrong(orders(), guest("reports", "orders", { access: "read", name: "orders" })),
      [
        "shop:apps[1].database.user.name must not be a role of apps[0] too, in the same database; " +
          'got "orders"',
        "shop:apps[1].database.user.name must not be a role of apps[0] too, in the same database; " +
          'got "orders_clone"',
      ],
    );
    assert.deepEqual(
      wrong(orders(), guest("reports", "orders", { access: "read", ownerRole: "orders_owner" })),
      [
        "shop:apps[1].database.user.ownerRole must not be a role of apps[0] too, in the same " +
          'database; got "orders_owner"',
      ],
    );
    assert.deepEqual(wrong(orders({ user: { name: "app_owner" } })), [
      'shop:apps[0].database.user.name must not be the master user; got "app_owner"',
    ]);
    assert.deepEqual(wrong(orders({ username: "admin_user", user: { name: "admin_user" } })), [
      'shop:apps[0].database.user.name must not be the master user; got "admin_user"',
    ]);
    assert.deepEqual(
      wrong(orders(), app({ name: "stock", database: database({ user: { name: "orders" } }) })),
      [],
    );
  });

  it("needs 'access' where it is another app's, and has none where it is the app's own", () => {
    assert.deepEqual(wrong(orders(), { name: "reports", database: { of: "orders", user: {} } }), [
      "shop:apps[1].database.user.access is missing",
    ]);
    assert.deepEqual(wrong(orders({ user: { access: "read" } })), [
      'shop:apps[0].database.user.access must be "owner"; got "read"',
    ]);
  });

  it("is either the app's own or another's", () => {
    assert.deepEqual(wrong(orders(), { name: "reports", database: { of: "orders" } }), [
      "shop:apps[1].database.user is missing",
    ]);
    assert.deepEqual(
      wrong(orders(), { name: "reports", database: { of: "orders", name: "reports" } }),
      ["shop:apps[1].database.of cannot be combined with 'name': choose one"],
    );
  });

  it("has users by the rules of DatabaseUser", () => {
    assert.deepEqual(
      wrong(
        orders({ user: { name: "pg_app", rotation: { every: "2w" }, minimumAge: "soon" } }),
      ).map((issue) => issue.split(" ")[0]),
      [
        "shop:apps[0].database.user.name",
        "shop:apps[0].database.user.rotation.every",
        "shop:apps[0].database.user.minimumAge",
      ],
    );
    assert.deepEqual(wrong(orders({ user: { rotation: false, minimumAge: "5m" } })), [
      "shop:apps[0].database.user.minimumAge is of no use with 'rotation' false: leave it out",
    ]);
  });

  it("has no secret of one name twice", () => {
    const secretName = "shop/orders";
    assert.deepEqual(wrong(orders({ secretName, user: { secretName } })), [
      'shop:apps[0].database.user.secretName must not be the secret of apps[0] too; got "shop/orders"',
    ]);
    assert.deepEqual(
      wrong(
        orders({ user: { secretName } }),
        guest("reports", "orders", { access: "read", secretName }),
      ),
      [
        'shop:apps[1].database.user.secretName must not be the secret of apps[0] too; got "shop/orders"',
      ],
    );
  });

  it("needs a user where RDS keeps the master user's password", () => {
    assert.deepEqual(wrong(app({ database: database({ masterPassword: "managed" }) })), [
      "shop:apps[0].database.masterPassword needs a 'user' with \"managed\": the secret that RDS " +
        "keeps is the administrator's, and does not say where the database is",
    ]);
  });

  it("has a function that must reach Secrets Manager in an existing network", () => {
    const cluster = { name: "shared" };
    const inNetwork = (network: Sections, ...apps: readonly Sections[]) =>
      issues({ network, cluster, apps });
    assert.deepEqual(inNetwork(EXISTING, orders()), [
      "shop:network.secretsManagerEndpointId is needed for apps[0].database.user: its function must " +
        "reach Secrets Manager; give the VPC's interface endpoint for it, or 'privateSubnetIds' with " +
        "a way out",
    ]);
    assert.deepEqual(inNetwork(EXISTING, app()), []);
    assert.deepEqual(
      inNetwork({ ...EXISTING, privateSubnetIds: ["subnet-c", "subnet-d"] }, orders()),
      [],
    );
    assert.deepEqual(inNetwork({ ...EXISTING, secretsManagerEndpointId: "vpce-1" }, orders()), []);
    assert.deepEqual(inNetwork({ ...EXISTING, secretsManagerEndpointId: "vpc-1" }, app()), [
      'shop:network.secretsManagerEndpointId must be the id of a VPC endpoint ("vpce-…"); got "vpc-1"',
    ]);
  });
});
