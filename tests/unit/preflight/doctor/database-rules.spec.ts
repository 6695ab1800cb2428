import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import type { Draft, Json } from "./draft";
import { describeRule } from "./examples";

const INSTANCE = "orders-instance";
const RULE = "orders-from-pods";
const DEPLOYMENT = "orders-api-deployment";
const ENV = ["spec", "template", "spec", "containers", 0, "env"] as const;
const DATABASE = "the database orders-instance";

/** A cluster of Aurora beside the stack's own database. */
const aurora = (properties: object) => (draft: Draft) =>
  draft.add("aws:rds/cluster:Cluster", "aurora", {
    engine: "aurora-postgresql",
    engineVersion: "17.6",
    clusterIdentifier: "aurora",
    id: "aurora",
    ...properties,
  });
const proxy = (properties: object) => (draft: Draft) =>
  draft.add("aws:rds/proxy:Proxy", "pool", {
    engineFamily: "POSTGRESQL",
    requireTls: true,
    ...properties,
  });

const open = (rule: object) => (draft: Draft) => {
  draft.set(RULE, ["referencedSecurityGroupId"], undefined);
  for (const [property, value] of Object.entries(rule)) draft.set(RULE, [property], value);
};
const unguarded = (draft: Draft) =>
  draft.set(INSTANCE, ["deletionProtection"], false).unprotect(INSTANCE);
/** The connection file asks for verification as well, so it goes too. */
const without = (variable: string) => (draft: Draft) =>
  withoutFile(draft).edit(DEPLOYMENT, ENV, (env) =>
    env.filter(({ name }: { name: string }) => name !== variable),
  );
const withoutFile = (draft: Draft) =>
  draft.objects(([orders]) => {
    orders.jmesPath = orders.jmesPath.filter(
      ({ objectAlias }: { objectAlias: string }) => objectAlias !== "pg_service.conf",
    );
  });

describeRule("database-open-to-addresses", {
  finds: [
    {
      plant: open({ cidrIpv4: "10.0.0.0/16" }),
      messages: [`${DATABASE} can be reached from 10.0.0.0/16`],
    },
    {
      plant: open({ cidrIpv6: "::/0", ipProtocol: "-1", fromPort: 0, toPort: 0 }),
      messages: [`${DATABASE} can be reached from ::/0`],
    },
    {
      plant: (draft) =>
        draft.set(
          "orders-security-group",
          ["ingress"],
          [
            {
              protocol: "tcp",
              fromPort: 5000,
              toPort: 6000,
              cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"],
            },
          ],
        ),
      messages: [`${DATABASE} can be reached from 10.0.0.0/8, 0.0.0.0/0`],
    },
    {
      plant: (draft) =>
        draft
          .copy(RULE, "old", {
            type: "aws:ec2/securityGroupRule:SecurityGroupRule",
            inputs: { type: "ingress" },
          })
          .set("old", ["protocol"], "tcp")
          .set("old", ["cidrBlocks"], ["192.168.0.0/16"]),
      messages: [`${DATABASE} can be reached from 192.168.0.0/16`],
    },
    {
      plant: (draft) =>
        proxy({ vpcSecurityGroupIds: ["sg-pool"] })(
          aurora({ vpcSecurityGroupIds: ["sg-aurora"] })(draft)
            .set(RULE, ["referencedSecurityGroupId"], undefined)
            .set(RULE, ["securityGroupId"], "sg-aurora")
            .set(RULE, ["cidrIpv4"], "10.0.0.0/16")
            .copy(RULE, "to-pool")
            .set("to-pool", ["securityGroupId"], "sg-pool"),
        ),
      messages: [
        "the database aurora can be reached from 10.0.0.0/16",
        "the proxy pool can be reached from 10.0.0.0/16",
      ],
    },
  ],
  passes: [
    { plant: open({ cidrIpv4: "10.0.0.0/16", fromPort: 443, toPort: 443 }) },
    { plant: open({ cidrIpv4: "10.0.0.0/16", securityGroupId: "sg-another" }) },
    {
      plant: (draft) =>
        draft.set(
          "orders-security-group",
          ["egress"],
          [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
        ),
    },
  ],
});

const login = (change: (json: Json) => unknown) => (draft: Draft) =>
  draft.json("orders-connection-value", ["secretString"], change);

const variables =
  (...env: readonly object[]) =>
  (draft: Draft): Draft =>
    draft.edit(
      "orders-api-deployment",
      ["spec", "template", "spec", "containers", 0, "env"],
      (all: object[]) => [...all, ...env],
    );

describeRule("host-with-port", {
  finds: [
    {
      plant: login((json) => (json.host = "db.example.com:5432")),
      messages: ["the host in the secret prod/orders ends in a port: db.example.com:5432"],
    },
    {
      plant: login((json) => (json.url = "postgres://app:p@ss/word@db.example.com:5432:5432/shop")),
      messages: ["the host in the secret prod/orders ends in a port: db.example.com:5432"],
    },
    {
      plant: (draft) =>
        draft.set("orders-connection-value", ["secretString"], "postgres://db:5432:5432"),
      messages: ["the host in the secret prod/orders ends in a port: db:5432"],
    },
    ...[
      [{ name: "PGHOST", value: "db:5432" }],
      [
        { name: "DB_HOSTNAME", value: "db:5432" },
        { name: "DB_PORT", valueFrom: { secretKeyRef: { name: "x", key: "port" } } },
      ],
      [{ name: "URL", value: "jdbc:postgresql://db:5432:5432/shop?user=app" }],
      [{ name: "URL", value: "postgres://$(U):$(P)@db:5432:5432/shop" }],
    ].map((env) => ({
      plant: variables(...env),
      messages: [
        `the host in the variable ${env[0]?.name ?? ""} of Deployment orders/orders-api ends in a port: db:5432`,
      ],
    })),
  ],
  passes: [
    {
      plant: login((json) => (json.url = "postgres://app:x:y@db.example.com:5432/shop")),
    },
    // Of a host alone some programs take both; of several hosts each has its port.
    {
      plant: variables(
        { name: "WORDPRESS_DB_HOST", value: "db:3306" },
        { name: "URL", value: "postgres://a:5432,b:5432/shop" },
        { name: "PROXY", value: "http://proxy:8080" },
      ),
    },
    { plant: login((json) => (json.host = `${HOLE}:5432`)) },
    { plant: login((json) => (json.host = "fd00::5432")) },
    { plant: (draft) => draft.set("orders-connection-value", ["secretString"], "a:1") },
  ],
});

describeRule("port-differs", {
  finds: [
    {
      plant: login((json) => (json.port = "5433")),
      messages: [`the secret prod/orders says port 5433, and ${DATABASE} listens on 5432`],
    },
    {
      plant: (draft) => draft.set(INSTANCE, ["port"], 6432),
      messages: [`the secret prod/orders says port 5432, and ${DATABASE} listens on 6432`],
    },
    {
      plant: (draft) => {
        login((json) => {
          variables({ name: "URL", value: `postgres://${json.host}:5433/shop` })(draft);
        })(draft);
      },
      messages: [
        `the variable URL of Deployment orders/orders-api says port 5433, and ${DATABASE} listens on 5432`,
      ],
    },
  ],
  passes: [
    // Another host may listen there, such as a pool's.
    {
      plant: login((json) => {
        json.host = "pool.example.com";
        json.port = 6432;
      }),
    },
    { plant: login((json) => delete json.port) },
    { plant: login((json) => (json.port = `${HOLE}`)) },
  ],
});

const GROUP = "orders-security-group";

describeRule("database-unreachable", {
  finds: [
    ...[
      (draft: Draft) => draft.remove(RULE),
      (draft: Draft) => draft.set(RULE, ["fromPort"], 3306).set(RULE, ["toPort"], 3306),
      (draft: Draft) => draft.remove(RULE).set(GROUP, ["ingress"], []),
    ].map((plant) => ({
      plant,
      messages: [`no rule in this program lets anybody reach port 5432 of ${DATABASE}`],
    })),
    {
      plant: aurora({}),
      messages: [
        "the cluster aurora has no instance in this program, and nobody answers without one",
      ],
    },
  ],
  passes: [
    { plant: (draft) => draft.remove(RULE).set(GROUP, ["ingress"], UNKNOWN) },
    {
      plant: (draft) =>
        draft.remove(RULE).set(GROUP, ["ingress"], [{ protocol: "-1", self: true }]),
    },
    { plant: (draft) => draft.set(RULE, ["fromPort"], UNKNOWN) },
    // Groups and instances that the program does not make, or not alone.
    { plant: (draft) => draft.remove(RULE).set(INSTANCE, ["vpcSecurityGroupIds"], ["sg-other"]) },
    { plant: (draft) => draft.remove(RULE).set(INSTANCE, ["vpcSecurityGroupIds"], UNKNOWN) },
    { plant: (draft) => draft.remove(RULE).set(INSTANCE, ["vpcSecurityGroupIds"], undefined) },
    {
      plant: (draft) =>
        draft
          .remove(RULE)
          .edit(INSTANCE, ["vpcSecurityGroupIds"], (ids: readonly string[]) => [...ids, UNKNOWN]),
    },
    ...["aurora", UNKNOWN].map((clusterIdentifier) => ({
      plant: (draft: Draft) =>
        aurora({})(draft).add("aws:rds/clusterInstance:ClusterInstance", "writer", {
          clusterIdentifier,
        }),
    })),
    { plant: aurora({ engineMode: "serverless" }) },
    { plant: aurora({ globalClusterIdentifier: "world" }) },
    { plant: aurora({ engine: "postgres" }) },
  ],
});

const family = (name: string) => (draft: Draft) =>
  draft.set(draft.first(":ParameterGroup"), ["family"], name);
const mysql = (engine: string, engineVersion: string, name: string) => (draft: Draft) =>
  family(name)(draft.set(INSTANCE, ["engine"], engine)).set(
    INSTANCE,
    ["engineVersion"],
    engineVersion,
  );

describeRule("parameter-family-differs", {
  finds: [
    {
      plant: family("postgres15"),
      messages: [
        `${DATABASE} needs parameters of the family postgres17, and its group is of postgres15`,
      ],
    },
    {
      plant: mysql("aurora-mysql", "8.0.mysql_aurora.3.08.0", "aurora-mysql5.7"),
      messages: [
        `${DATABASE} needs parameters of the family aurora-mysql8.0, and its group is of aurora-mysql5.7`,
      ],
    },
  ],
  passes: [
    { plant: mysql("mysql", "8.4.3", "mysql8.4") },
    { plant: mysql("mariadb", "10.11.8", "mariadb10.11") },
    // Its newest version, whichever that is; and engines that are named otherwise.
    { plant: mysql("mysql", UNKNOWN, "mysql8.4") },
    { plant: mysql("oracle-ee", "19.0.0.0", "oracle-ee-19") },
    // A group of which only the update tells the name is not that of a database without one.
    {
      plant: (draft) =>
        family("postgres15")(draft)
          .copy(INSTANCE, "copy", { propertyDependencies: {} })
          .set("copy", ["parameterGroupName"], undefined)
          .set(draft.first(":ParameterGroup"), ["name"], UNKNOWN)
          .remove(INSTANCE),
    },
  ],
});

const urlOf = (value: string) => (draft: Draft) =>
  withoutFile(draft).edit(DEPLOYMENT, ENV, (env) => [...env, { name: "URL", value }]);
const URL_OF_PARTS = "postgresql+psycopg2://$(DB_USERNAME):$(DB_PASSWORD)@$(DB_HOST)/orders";

describeRule("password-breaks-url", {
  finds: [
    {
      plant: (draft) =>
        urlOf(URL_OF_PARTS)(draft)
          .set("orders-password", ["special"], true)
          .set("orders-password", ["overrideSpecial"], undefined),
      messages: [
        "URL of Deployment orders/orders-api is a URL with the password of the secret prod/orders, which may hold ?, #, @, %, [ and ]",
      ],
    },
  ],
  passes: [
    { plant: urlOf(URL_OF_PARTS) },
    {
      plant: (draft) =>
        urlOf(URL_OF_PARTS)(draft)
          .set("orders-password", ["special"], true)
          .set("orders-password", ["overrideSpecial"], "-_~."),
    },
    // What is stored is another value, such as an encoded one.
    {
      plant: (draft) =>
        login((json) => (json.password = "encoded"))(
          urlOf(URL_OF_PARTS)(draft).set("orders-password", ["special"], true),
        ),
    },
  ],
});

describeRule("database-public", {
  finds: [
    {
      plant: (draft) => draft.set(INSTANCE, ["publiclyAccessible"], true),
      messages: [`${DATABASE} has a public address`],
    },
    {
      // Of a cluster, the instances have addresses.
      plant: (draft) =>
        aurora({})(draft).add("aws:rds/clusterInstance:ClusterInstance", "first", {
          clusterIdentifier: "aurora",
          publiclyAccessible: true,
        }),
      messages: ["the database aurora has a public address"],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        aurora({})(draft).add("aws:rds/clusterInstance:ClusterInstance", "first", {
          clusterIdentifier: "aurora",
        }),
    },
    { plant: (draft) => draft.set(INSTANCE, ["publiclyAccessible"], undefined) },
  ],
});

const parameters = (list: object[]) => (draft: Draft) =>
  draft.set("orders-parameters", ["parameters"], list);
const PLAIN = [`${DATABASE} accepts connections in plain text`];

describeRule("tls-not-forced", {
  finds: [
    { plant: parameters([{ name: "rds.force_ssl", value: "0" }]), messages: PLAIN },
    { plant: parameters([{ name: "rds.force_ssl", value: 0 }]), messages: PLAIN },
    {
      plant: (draft) => parameters([])(draft).set(INSTANCE, ["engineVersion"], "14.12"),
      messages: PLAIN,
    },
    {
      plant: (draft) =>
        draft
          .copy(INSTANCE, "copy", { propertyDependencies: {} })
          .set("copy", ["engineVersion"], "13")
          .set("copy", ["parameterGroupName"], undefined)
          .remove(INSTANCE),
      messages: ["the database copy accepts connections in plain text"],
    },
    {
      plant: aurora({ engineVersion: "16.8" }),
      messages: ["the database aurora accepts connections in plain text"],
    },
    {
      plant: (draft) =>
        aurora({ dbClusterParameterGroupName: "plain" })(draft).add(
          "aws:rds/clusterParameterGroup:ClusterParameterGroup",
          "plain",
          { name: "plain", parameters: [{ name: "rds.force_ssl", value: "0" }] },
        ),
      messages: ["the database aurora accepts connections in plain text"],
    },
    {
      plant: proxy({ requireTls: undefined }),
      messages: ["the proxy pool accepts connections in plain text"],
    },
    {
      plant: proxy({ requireTls: false }),
      messages: ["the proxy pool accepts connections in plain text"],
    },
  ],
  passes: [
    // Aurora's default since 17, as said in awslabs/startups 199 and mondoohq/cnspec 3707.
    { plant: aurora({}) },
    { plant: aurora({ engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.08.0" }) },
    {
      plant: (draft) =>
        aurora({ engineVersion: "16.8", dbClusterParameterGroupName: "tls" })(draft).add(
          "aws:rds/clusterParameterGroup:ClusterParameterGroup",
          "tls",
          { name: "tls", parameters: [{ name: "rds.force_ssl", value: "1" }] },
        ),
    },
    { plant: proxy({}) },
    { plant: proxy({ requireTls: UNKNOWN }) },

    // The default since 15.
    { plant: parameters([]) },
    { plant: (draft) => draft.set(INSTANCE, ["engineVersion"], "14") },
    // A parameter group of somebody else.
    {
      plant: (draft) =>
        draft
          .set(INSTANCE, ["engineVersion"], "14")
          .set(INSTANCE, ["parameterGroupName"], "shared")
          .copy(INSTANCE, "copy", { propertyDependencies: {} })
          .remove(INSTANCE),
    },
    {
      plant: (draft) => parameters([])(draft).set(INSTANCE, ["engine"], "mysql"),
    },
  ],
});

const UNVERIFIED = [
  "Deployment orders/orders-api holds the login of a database and does not verify its certificate",
];

const withVariable = (value: string) => (draft: Draft) =>
  without("PGSSLMODE")(draft).edit(DEPLOYMENT, ENV, (env) => [
    ...env,
    { name: "DATABASE_URL", value },
  ]);

describeRule("tls-not-verified", {
  finds: [
    { plant: without("PGSSLMODE"), messages: UNVERIFIED },
    {
      plant: (draft) =>
        withoutFile(draft).edit(DEPLOYMENT, ENV, (env) =>
          env.map((entry: { name: string }) =>
            entry.name === "PGSSLMODE" ? { ...entry, value: "require" } : entry,
          ),
        ),
      messages: UNVERIFIED,
    },
    { plant: withVariable("mysql://db/orders?ssl-mode=REQUIRED"), messages: UNVERIFIED },
    { plant: withVariable(`postgres://${HOLE}:5432/orders`), messages: UNVERIFIED },
    {
      // A user of its own is no less worth a look at the certificate.
      plant: (draft) =>
        without("PGSSLMODE")(draft).json("orders-connection-value", ["secretString"], (login) => {
          login.password = "of another user";
        }),
      messages: UNVERIFIED,
    },
  ],
  passes: [
    {
      plant: (draft) =>
        without("PGSSLMODE")(draft).objects(([{ jmesPath }]) =>
          jmesPath.push({
            objectAlias: "url",
            path: "join('', ['postgresql://', host, '?sslmode=verify-full'])",
          }),
        ),
    },
    {
      // The connection file says it.
      plant: (draft) =>
        draft.edit(DEPLOYMENT, ENV, (env) =>
          env.filter(({ name }: { name: string }) => name !== "PGSSLMODE"),
        ),
    },
    // The variable alone says it.
    { plant: withoutFile },
    { plant: withVariable(`postgres://${HOLE}/orders?sslmode=verify-full`) },
    { plant: withVariable(`postgres://${HOLE}/${HOLE}`) },
    { plant: withVariable("mysql://db/orders?ssl-mode=VERIFY_IDENTITY") },
    { plant: withVariable("jdbc:mysql://db/orders?sslMode=VERIFY_IDENTITY") },
    // Neither a master password nor a whole login.
    {
      plant: (draft) =>
        without("PGSSLMODE")(draft).set(
          "orders-connection-value",
          ["secretString"],
          '{"host":"h"}',
        ),
    },
  ],
});

describeRule("master-user-in-app", {
  stackHasIt: true,
  finds: [
    {
      plant: () => undefined,
      messages: [
        "Deployment orders/orders-api logs in to the database orders-instance as its master user",
      ],
    },
    {
      // The bare password is the master's as well.
      plant: (draft) =>
        draft.edit("orders-connection-value", ["secretString"], (sealed) => ({
          ...sealed,
          value: (JSON.parse(sealed.value as string) as { password: string }).password,
        })),
      messages: [
        "Deployment orders/orders-api logs in to the database orders-instance as its master user",
      ],
    },
    {
      // Written without being kept in the state.
      plant: (draft) =>
        draft
          .set("orders-connection-value", ["secretStringWo"], '{"password":"write-only"}')
          .set("orders-connection-value", ["secretString"], undefined)
          .set("orders-instance", ["passwordWo"], "write-only")
          .set("orders-instance", ["password"], undefined),
      messages: [
        "Deployment orders/orders-api logs in to the database orders-instance as its master user",
      ],
    },
  ],
  passes: [
    {
      plant: (draft) =>
        draft.json("orders-connection-value", ["secretString"], (connection) => {
          connection.password = "of another user";
        }),
    },
  ],
});

describeRule("database-unprotected", {
  finds: [
    {
      plant: (draft) => draft.set(INSTANCE, ["deletionProtection"], false),
      messages: ["the protected database orders-instance has no deletion protection"],
    },
    {
      plant: (draft) => draft.unprotect(INSTANCE),
      messages: ["the database orders-instance lacks Pulumi's protect"],
    },
    {
      plant: (draft) => draft.unprotect("orders-connection"),
      messages: [
        "the secret prod/orders of the protected database orders-instance lacks Pulumi's protect",
      ],
    },
  ],
  passes: [
    { plant: unguarded },
    { plant: (draft) => unguarded(draft).unprotect("orders-connection") },
  ],
});

const NO_SNAPSHOT = ["the protected database orders-instance leaves no final snapshot"];

describeRule("final-snapshot-missing", {
  finds: [
    {
      plant: (draft) => draft.set(INSTANCE, ["skipFinalSnapshot"], true),
      messages: NO_SNAPSHOT,
    },
    {
      plant: (draft) => draft.set(INSTANCE, ["finalSnapshotIdentifier"], undefined),
      messages: NO_SNAPSHOT,
    },
    {
      plant: (draft) => unguarded(draft).set(INSTANCE, ["finalSnapshotIdentifier"], undefined),
      messages: [`${DATABASE} cannot be deleted: it wants a final snapshot, and gives it no name`],
    },
  ],
  passes: [
    { plant: (draft) => unguarded(draft).set(INSTANCE, ["skipFinalSnapshot"], true) },
    { plant: (draft) => unguarded(draft).set(INSTANCE, ["finalSnapshotIdentifier"], UNKNOWN) },
    ...[unguarded, (draft: Draft) => draft].map((change) => ({
      plant: (draft: Draft) =>
        change(draft)
          .set(INSTANCE, ["skipFinalSnapshot"], UNKNOWN)
          .set(INSTANCE, ["finalSnapshotIdentifier"], undefined),
    })),
  ],
});

describeRule("password-refused-by-rds", {
  finds: [
    {
      plant: (draft) => draft.set("orders-password", ["special"], undefined),
      messages: ["the master password of the database orders-instance may hold @"],
    },
    {
      plant: (draft) =>
        draft
          .set("orders-password", ["special"], true)
          .set("orders-password", ["overrideSpecial"], '/-" '),
      messages: ['the master password of the database orders-instance may hold / " a space'],
    },
    {
      plant: (draft) => draft.set(INSTANCE, ["password"], "short"),
      messages: ["the master password of the database orders-instance has 5 characters"],
    },
    ...[7, 129].map((length) => ({
      plant: (draft: Draft) => draft.set(INSTANCE, ["password"], "a".repeat(length)),
      messages: [`the master password of the database orders-instance has ${length} characters`],
    })),
  ],
  passes: [
    ...[8, 128].map((length) => ({
      plant: (draft: Draft) => draft.set(INSTANCE, ["password"], "a".repeat(length)),
    })),
    {
      plant: (draft) =>
        draft
          .set("orders-password", ["special"], true)
          .set("orders-password", ["overrideSpecial"], "-._~"),
    },
    { plant: (draft) => draft.set(INSTANCE, ["password"], undefined) },
  ],
});

const username = (name: string) => (draft: Draft) => draft.set(INSTANCE, ["username"], name);

// Source of the case: aws/aws-cdk 10597 and cfn-lint 4425.
describeRule("master-user-reserved", {
  finds: [
    ...["admin", "pg_orders", "User"].map((name) => ({
      plant: username(name),
      messages: [
        `RDS refuses "${name}" as the master user of the database orders-instance: the name is reserved`,
      ],
    })),
    {
      plant: (draft) =>
        draft.add("aws:rds/cluster:Cluster", "aurora", {
          engine: "aurora-postgresql",
          masterUsername: "admin",
        }),
      messages: [
        'RDS refuses "admin" as the master user of the database aurora: the name is reserved',
      ],
    },
    {
      plant: (draft) => username("rdsadmin")(draft).set(INSTANCE, ["engine"], "mysql"),
      messages: [
        'RDS refuses "rdsadmin" as the master user of the database orders-instance: the name is reserved',
      ],
    },
  ],
  passes: [
    { plant: username("orders_owner") },
    { plant: username("postgres") },
    { plant: (draft) => username("admin")(draft).set(INSTANCE, ["engine"], "mysql") },
    // A replica or a copy has that of its source; what the engine is may be the source's as well.
    { plant: (draft) => draft.set(INSTANCE, ["username"], undefined) },
    { plant: (draft) => username("admin")(draft).set(INSTANCE, ["engine"], undefined) },
  ],
});
