import * as assert from "node:assert/strict";
import { addressesIn, punctuationIn } from "../../../../preflight/doctor/facts/login-values";
import { References } from "../../../../preflight/doctor/facts/references";
import { wrapSecret } from "../../../../preflight/simulation/wire/envelopes";
import { HOLE, UNKNOWN } from "../../../../preflight/simulation/wire/unknown";
import { urnOf } from "./draft";
import { registeredWith } from "./registered";

describe("the address in a login", () => {
  it("is its host and its port, each as far as it is said", () => {
    assert.deepEqual(addressesIn('{"host": "db.internal", "port": 5432}'), [
      { host: "db.internal", port: 5432 },
    ]);
    assert.deepEqual(addressesIn('{"host": "db.internal", "port": "5432"}'), [
      { host: "db.internal", port: 5432 },
    ]);
    assert.deepEqual(addressesIn(`{"host": "${HOLE}", "port": 1}`), [{ port: 1 }]);
    assert.deepEqual(addressesIn('{"host": "db"}'), [{ host: "db" }]);
    for (const port of ["null", '""', '"five"', '"5 "', '"-5"', "54.5", `"${HOLE}"`]) {
      assert.deepEqual(addressesIn(`{"port": ${port}}`), [], port);
    }
  });

  it("is that of each URL as well, whatever stands before the host", () => {
    const url = (text: string) => addressesIn(JSON.stringify({ host: "db", url: text })).slice(1);
    assert.deepEqual(
      [
        "postgres://app:p@ss/w#rd@db:5433/shop?x=1",
        "jdbc:postgresql://db/shop",
        "mysql://db:3306:3306",
        `postgres://app@${HOLE}:5432/shop`,
      ].map(url),
      [
        [{ host: "db", port: 5433 }],
        [{ host: "db" }],
        [{ host: "db:3306", port: 3306 }],
        [{ port: 5432 }],
      ],
    );
    assert.deepEqual(addressesIn("postgres://db:5432"), [{ host: "db", port: 5432 }]);
  });

  it("is in no text that is not JSON, and in none that is not known", () => {
    for (const text of [undefined, "", "host", "{", '["host"]']) {
      assert.deepEqual(addressesIn(text), [], text);
    }
  });
});

describe("the punctuation in a login", () => {
  const PASSWORD = "random:index/randomPassword:RandomPassword";
  const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

  const punctuation = async (
    text: string | undefined,
    generators: Readonly<Record<string, readonly [type: string, overrideSpecial: string, unknown]>>,
    dependencies: Readonly<Record<string, readonly string[]>>,
  ) => {
    const urns = (names: readonly string[]): readonly string[] =>
      names.map((name) => urnOf(generators[name]?.[0] ?? "", name));
    const registrations = await registeredWith(
      ...Object.entries(generators).map(([name, [type, overrideSpecial, result]]) => {
        return [type, name, { overrideSpecial, result }] as const;
      }),
      ...Object.entries(dependencies).map(([property, names]) => {
        const propertyDependencies = { other: [], [property]: urns(names) };
        return [VERSION, `version-${property}`, {}, { propertyDependencies }] as const;
      }),
    );
    const versions = registrations.filter(({ type }) => type === VERSION);
    return punctuationIn(text, versions, new References(registrations));
  };

  it("is that of the generators whose values stand in it as they are", async () => {
    const two = {
      first: [PASSWORD, "!", wrapSecret("one")],
      second: [PASSWORD, "?", "two"],
      third: [PASSWORD, "#", "o"],
    } as const;
    const all = { secretString: ["first", "second", "third"] };
    const json = '{"password": "one", "more": {"old": "two"}}';
    assert.equal(await punctuation(json, two, all), "!?");
    assert.equal(await punctuation('{"password": "one"}', two, all), "!");
    assert.equal(await punctuation("two", two, all), "?");
    assert.equal(await punctuation("one and two", two, all), "");
    const twice = { secretString: ["first"], secretBinary: ["first"] };
    assert.equal(await punctuation(json, two, twice), "!");
    assert.equal(await punctuation(json, two, { secretString: ["nobody"] }), "");
  });

  it("is none of a value that is not known, or of what is no generator", async () => {
    const all = { secretString: ["only"] };
    const late = { only: [PASSWORD, "!", UNKNOWN] } as const;
    assert.equal(await punctuation('{"dbname": ""}', late, all), "");
    assert.equal(await punctuation(UNKNOWN, late, all), "");
    assert.equal(await punctuation(undefined, late, all), "");
    // A text that is no JSON has no values inside.
    assert.equal(await punctuation("plain", { only: [PASSWORD, "!", "t"] }, all), "");
    const other = { only: ["random:index/randomPet:RandomPet", "!", "one"] } as const;
    assert.equal(await punctuation("one", other, all), "");
  });
});
