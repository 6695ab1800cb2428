import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import * as jmespath from "jmespath";
import { evaluatePath, secretShape } from "../../../../preflight/delivery";
import { formatJson, type Json, parseJson } from "../../../../preflight/delivery/go/json";
import { evaluate, parseExpression } from "../../../../preflight/delivery/jmespath";

const DATABASE = JSON.stringify({
  host: "db.internal",
  port: 5432,
  username: "app",
  "user-name": "app2",
  ssl: true,
  nothing: null,
  empty: "",
  nested: { b: "x", a: "<&>" },
  list: ["b", "a", "é", "\u{1F600}"],
  rows: [
    { k: "b", n: 2 },
    { k: "a", n: 1 },
  ],
});

/** What the provider makes of a path: the text of the file, or why there is none. */
const fileOf = (path: string, secret = DATABASE) => {
  const result = evaluatePath(path, secret, "f");
  return result.ok ? { text: result.text } : { error: result.error };
};
const invalid = (path: string) => ({ error: `Invalid JMES Path: ${path}.` });
const notText = (path: string) => ({
  error: `Invalid JMES search result type for path:${path}. Only string is allowed.`,
});
const nothing = (path: string) => ({
  error: `JMES Path - ${path} for object alias - f does not point to a valid object.`,
});

describe("a path of jmesPath", () => {
  const texts: readonly [string, string][] = [
    ["host", "db.internal"],
    ["to_string(port)", "5432"],
    ['"user-name"', "app2"],
    ["nested.b", "x"],
    ["rows[0].k", "b"],
    ["list[-1]", "\u{1F600}"],
    ["list[::-1] | [0]", "\u{1F600}"],
    ["rows[?n > `1`].k | [0]", "b"],
    ["rows[*].k | join('', @)", "ba"],
    ["empty || 'default'", "default"],
    ["port && to_string(port)", "5432"],
    ["ssl && 'on' || 'off'", "on"],
    ["!empty && host", "db.internal"],
    ["not_null(nothing, host)", "db.internal"],
    ["join(':', [host, to_string(port)])", "db.internal:5432"],
    ["to_string(ssl)", "true"],
    ["to_string(nothing)", "null"],
    ["sort_by(rows, &n)[0].k", "a"],
    ["max_by(rows, &n).k", "b"],
    ["merge({a: '1'}, {a: '2'}).a", "2"],
    ["map(&k, rows)[1]", "a"],
    ["values({a: 'v'})[0]", "v"],
    ["type(@)", "object"],
    ["reverse('abc')", "cba"],
    ["to_string(length(list))", "4"],
    ["@.host", "db.internal"],
    ['`"literal"`', "literal"],
    ["'it\\'s \\'quoted\\''", "it's 'quoted'"],
    ["(host)", "db.internal"],
    ["host\r\n", "db.internal"],
  ];
  for (const [path, text] of texts) {
    it(`${JSON.stringify(path)} gives ${text}`, () => assert.deepEqual(fileOf(path), { text }));
  }

  for (const path of [
    "port",
    "ssl",
    "nested",
    "list",
    "`5`",
    "length(list)",
    "rows[*].k",
    "[host]",
    "&host",
  ]) {
    it(`${path} is no text`, () => assert.deepEqual(fileOf(path), notText(path)));
  }

  for (const path of [
    "missing",
    "nothing",
    "HOST",
    "nested.c",
    "list[9]",
    "host.x",
    "`null`",
    "host < 'x'",
  ]) {
    it(`${path} gives nothing`, () => assert.deepEqual(fileOf(path), nothing(path)));
  }

  const refused = [
    ".host",
    "host.",
    "user-name",
    "1x",
    "split('.', host)",
    "trim(host)",
    "join(host)",
    "join('', [host, port])",
    "to_string()",
    "to_string(@, @)",
    "sort_by(rows, &nothing)",
    "list[::0]",
    "host =",
    "host = 'x'",
    "avg(`[]`) | to_string(@)",
    '"user-name"(@)',
  ];
  for (const path of refused) {
    it(`${path} is refused`, () => assert.deepEqual(fileOf(path), invalid(path)));
  }

  const crashing: readonly [string, string][] = [
    [
      "merge(nested, missing).b",
      "interface conversion: interface {} is nil, not map[string]interface {}",
    ],
    ["merge('x')", "interface conversion: interface {} is string, not map[string]interface {}"],
    [
      "merge(rows)",
      "interface conversion: interface {} is []interface {}, not map[string]interface {}",
    ],
    ["merge(port)", "interface conversion: interface {} is float64, not map[string]interface {}"],
    ["merge(ssl)", "interface conversion: interface {} is bool, not map[string]interface {}"],
    [
      "merge(&host)",
      "interface conversion: interface {} is jmespath.expRef, not map[string]interface {}",
    ],
    [
      "contains(rows, rows[0])",
      "runtime error: comparing uncomparable type map[string]interface {}",
    ],
    ["contains([list], list)", "runtime error: comparing uncomparable type []interface {}"],
    ["contains(@.[&host], &host)", "runtime error: comparing uncomparable type jmespath.expRef"],
    ["(nested.b)(@)", "interface conversion: interface {} is nil, not string"],
    ["@(@)", "interface conversion: interface {} is nil, not string"],
    ["`1`(@)", "interface conversion: interface {} is float64, not string"],
    [
      "merge('x')[] || host",
      "interface conversion: interface {} is string, not map[string]interface {}",
    ],
    ["list[1::9223372036854775807]", "runtime error: index out of range"],
    ["host\x80", "runtime error: index out of range [2] with length 2"],
  ];
  for (const [path, panic] of crashing) {
    it(`${JSON.stringify(path)} kills the provider`, () =>
      assert.deepEqual(evaluatePath(path, DATABASE), {
        ok: false,
        error: `panic: ${panic}`,
        crashes: true,
      }));
  }

  /** Whether the text depends on the order in which an object is visited. */
  const orders: readonly [string, boolean][] = [
    ["join(',', keys(@))", true],
    ["keys(@)[0]", true],
    ["values(nested)[1]", true],
    ["nested.* | [0]", true],
    ["join('', nested.*)", true],
    ["join('', *.b)", false],
    ["to_string(*)", true],
    ["join(',', sort(keys(@)))", false],
    ["to_string(length(keys(@)))", false],
    ["to_string(contains(values(nested), 'x'))", false],
    ["to_string(nested)", false],
    ["keys({only: host})[0]", false],
    ["to_string(sort_by(rows, &n)[*].* | [0])", true],
  ];
  for (const [path, varies] of orders) {
    it(`${path} ${varies ? "varies" : "is the same in each mount"}`, () => {
      const shape = secretShape(DATABASE);
      assert.ok(shape !== undefined);
      for (const secret of [DATABASE, { shape }]) {
        const result = evaluatePath(path, secret);
        assert.ok(result.ok);
        assert.equal(result.varies ?? false, varies);
      }
    });
  }

  it("needs JSON", () => {
    assert.deepEqual(fileOf("a", "no"), { error: "Invalid JSON used with jmesPath in secret." });
    assert.deepEqual(fileOf("a", '{"a": 1e400}'), {
      error: "Invalid JSON used with jmesPath in secret.",
    });
  });

  it("of a shape gives no text, only that there is one", () => {
    const shape = { host: "string", port: "number" } as const;
    assert.deepEqual(evaluatePath("host", { shape }), { ok: true, keys: ["host"] });
    assert.deepEqual(evaluatePath("port", { shape }), { ok: false, ...notText("port") });
    assert.equal(evaluatePath("user", { shape }).ok, false);
  });

  const keys: readonly [string, readonly string[]][] = [
    ["host", ["host"]],
    ["to_string(port)", ["port"]],
    ["join('', [username, '@', host, to_string(port), host])", ["username", "host", "port"]],
    ["nested.a", ["nested.a"]],
    ["nested.a || host", ["nested.a", "host"]],
    ["rows[0].k", ["rows.k"]],
    ["rows[?n > `1`].k | [0]", ["rows.n", "rows.k"]],
    ["rows[].k | [0]", ["rows.k"]],
    ["sort_by(rows, &n)[0].k", ["rows"]],
    ["{x: host}.x", ["host"]],
    ["@.host", ["host"]],
    ["to_string(@)", []],
    ["'text'", []],
  ];
  for (const [path, read] of keys) {
    it(`${path} is derived from ${read.join(", ") || "no key"}`, () => {
      const result = evaluatePath(path, DATABASE);
      assert.ok(result.ok);
      assert.deepEqual(result.keys, read);
    });
  }
});

describe("where go-jmespath and npm's jmespath differ, the model follows go-jmespath", () => {
  /** Path, data, what go-jmespath 0.4.0 gives as JSON, and what the npm library gives. */
  const differences: readonly [string, string, string, string, string][] = [
    [
      "objects are written with escapes",
      "to_string({a: @})",
      '"<&>"',
      String.raw`"{\"a\":\"\\u003c\\u0026\\u003e\"}"`,
      String.raw`"{\"a\":\"<&>\"}"`,
    ],
    [
      "keys are sorted",
      "to_string(@)",
      '{"b":1,"a":2}',
      String.raw`"{\"a\":2,\"b\":1}"`,
      String.raw`"{\"b\":1,\"a\":2}"`,
    ],
    ["minus zero keeps its sign", "to_string(@)", "-0", '"-0"', '"0"'],
    ["text is counted by character", "length(@)", '"\u{1F600}"', "1", "2"],
    [
      "text is reversed by character",
      "reverse(@)",
      '"a\u{1F600}"',
      '"\u{1F600}a"',
      String.raw`"\ude00\ud83da"`,
    ],
    [
      "text is ordered by bytes",
      "sort(@)",
      '["\u{1F600}","\uFF5A"]',
      '["\uFF5A","\u{1F600}"]',
      '["\u{1F600}","\uFF5A"]',
    ],
    ["only numbers are compared", "@ < 'b'", '"a"', "null", "true"],
    ["a number in a text has no spaces", "to_number(@)", '" 5"', "null", "5"],
    ["nor another base", "to_number(@)", '"0x10"', "null", "16"],
    ["but may be hexadecimal with an exponent", "to_number(@)", '"0x1p4"', "16", "null"],
    ["`*` also visits as many nulls", "*.to_string(@)", '{"a":1}', '["null","1"]', '["1"]'],
    ["an error left of a projection is null", "unknown(@)[]", "1", "null", "error"],
    ["a literal is JSON", "`foo`", "1", "error", '"foo"'],
    ["a raw string ends with a quote", "'foo", "1", "error", '"foo"'],
    ["each quote of a raw string is unescaped", "'\\'\\''", "1", "\"''\"", String.raw`"'\\'"`],
    ["a list has commas", "[@ @]", "1", "error", "[1,1]"],
    ["a group holds one expression", "(@ @)", "1", "error", "1"],
    ["a list has an item", "[ ]", "1", "error", "[]"],
    ["`@.a` may be an argument", "to_string(@.a)", '{"a":"x"}', '"x"', "error"],
    ["carriage returns are white space", "\ra", '{"a":1}', "1", "error"],
    ["no key is special", "__proto__", '{"a":1}', "null", "{}"],
  ];
  for (const [what, path, data, expected, npm] of differences) {
    it(`${what}: ${JSON.stringify(path)}`, () => {
      assert.equal(
        outcome(() => formatResult(path, data)),
        expected,
      );
      // Fails when the library catches up, so that the difference can be dropped.
      assert.equal(
        outcome(() => JSON.stringify(jmespath.search(JSON.parse(data), path))),
        npm,
      );
    });
  }

  /** What only go-jmespath's own parser takes. */
  const taken: readonly [string, string, string][] = [
    ["to_string(not_null(a b))", '{"b":"x"}', '"x"'],
    ["@[:::]", "[1,2]", "[1,2]"],
    ["@[:1 2]", "[1,2,3]", "[1,2]"],
    ["{a: a b: b}", '{"a":1,"b":2}', '{"a":1,"b":2}'],
    ["'length'(@)", "[1,2]", "2"],
    ["to_string([0)[]", "[1]", "null"],
    ["to_string(empty[?'5'][0)", '{"empty":[]}', '"[]"'],
    ["to_string(empty[?'5'][0)", "{}", '"null"'],
    ["to_string(empty[?'5'][0)", '{"empty":[1]}', "error"],
    ["[0", "[1]", "error"],
    ["a[0", '{"a":[1]}', "error"],
    ["[:][0", "[[1]]", "error"],
  ];
  for (const [path, data, expected] of taken) {
    it(`${path} of ${data} gives ${expected}`, () => {
      assert.equal(
        outcome(() => formatResult(path, data)),
        expected,
      );
    });
  }

  it("sort_by also sorts what later paths see", () => {
    const data = parseJson(DATABASE);
    evaluate(parseExpression("sort_by(rows, &k)"), data);
    assert.equal(evaluate(parseExpression("rows[0].k"), data), "a");
  });
});

function formatResult(path: string, data: string): string {
  return JSON.stringify(toPlain(evaluate(parseExpression(path), parseJson(data)) as Json));
}

const toPlain = (value: Json): unknown => JSON.parse(formatJson(value));

function outcome(run: () => string): string {
  try {
    return run();
  } catch {
    return "error";
  }
}

describe("where they agree", () => {
  const atom = fc.constantFrom("a", "b", "c", "@", "'x'", "`1`", "`[1, 2]`", '"a"', "a.b", "c[0]");
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4, depthIdentifier: "expression" },
      atom,
      fc.tuple(tie("expression"), tie("expression")).map(([l, r]) => `${l} || ${r}`),
      fc.tuple(tie("expression"), tie("expression")).map(([l, r]) => `${l} && ${r}`),
      fc.tuple(tie("expression"), tie("expression")).map(([l, r]) => `${l} == ${r}`),
      fc.tuple(tie("expression"), tie("expression")).map(([l, r]) => `[${l}, ${r}]`),
      tie("expression").map((of) => `{k: ${of}}.k`),
      tie("expression").map((of) => `(${of})`),
      tie("expression").map((of) => `!(${of})`),
      tie("expression").map((of) => `[${of}][]`),
      tie("expression").map((of) => `not_null(${of}, 'd')`),
      tie("expression").map((of) => `type([${of}][0])`),
    ),
  }));
  const data = { a: "t", b: { b: 5 }, c: ["u", null], d: false };

  it("the model gives what npm's jmespath gives", () => {
    fc.assert(
      fc.property(expression, (path) => {
        const text = JSON.stringify(data);
        const npm = outcome(() => JSON.stringify(jmespath.search(data, path)));
        // The library's parser stumbles over `@` before an operator inside brackets.
        fc.pre(npm !== "error");
        assert.equal(
          outcome(() => formatResult(path, text)),
          npm,
        );
      }),
      { numRuns: 500 },
    );
  });
});
