import * as assert from "node:assert/strict";
import { parseObjects } from "../../../../preflight/delivery";

/** Fields of the first entry that are not empty. */
const firstOf = (objects: string) => {
  const parsed = parseObjects(objects);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const { failoverObject, ...rest } = parsed.descriptors[0] ?? assert.fail("no entry");
  const filled = Object.entries({ ...rest, ...nonEmpty("failover.", failoverObject) }).filter(
    ([, value]) => value.length > 0,
  );
  return Object.fromEntries(filled);
};
const nonEmpty = (prefix: string, values: object) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [prefix + key, value]));
const errorOf = (objects: string) => {
  const parsed = parseObjects(objects);
  return parsed.ok ? undefined : parsed.error;
};

describe("reading objects: scalars become the text that YAML 1.1 makes of them", () => {
  const scalars: readonly [string, string][] = [
    ["0600", "384"],
    ["0o600", "384"],
    ["0x1F", "31"],
    ["0b101", "5"],
    ["-0b101", "-5"],
    ["08", "8"],
    ["1_000", "1000"],
    ["+5", "5"],
    ["18446744073709551615", "18446744073709551615"],
    ["18446744073709551616", "1.8446744e+19"],
    ["-9223372036854775808", "-9223372036854775808"],
    ["1.10", "1.1"],
    [".5", "0.5"],
    ["1e3", "1000"],
    ["1e6", "1e+06"],
    ["999999.0", "999999"],
    ["16777217.0", "1.6777216e+07"],
    ["0.00001", "1e-05"],
    ["0.0001", "0.0001"],
    ["-0.0", "-0"],
    ["1e400", "1e400"],
    [".inf", "+Inf"],
    ["-.Inf", "-Inf"],
    [".NaN", "NaN"],
    ["yes", "true"],
    ["Off", "false"],
    ["y", "true"],
    ["yEs", "yEs"],
    ["2001-01-01", "2001-01-01"],
    ["190:20:30", "190:20:30"],
    ["._5", "._5"],
    ["'0600'", "0600"],
    ['"yes"', "yes"],
    ["!!str 0600", "0600"],
    ['!!int "0600"', "384"],
    ["!!float 5", "5"],
    ["!!binary aGVsbG8=", "hello"],
    ["!mine 5", "5"],
    ["! yes", "yes"],
    ["!!timestamp 2001-1-1", "2001-1-1"],
  ];
  for (const [text, value] of scalars) {
    it(`${text} is ${value}`, () => {
      assert.deepEqual(firstOf(`- objectAlias: ${text}`), { objectAlias: value });
    });
  }

  for (const text of ["~", "null", "", "Null", '!!null ""']) {
    it(`${text || "nothing"} is no value`, () => {
      assert.deepEqual(firstOf(`- objectName: s\n  objectAlias: ${text}`), { objectName: "s" });
    });
  }
});

describe("reading objects: structure", () => {
  const readable: readonly [string, string, object][] = [
    [
      "keys in any case",
      "- OBJECTNAME: s\n  ObjectAlias: a",
      { objectName: "s", objectAlias: "a" },
    ],
    ["keys with other letters k and s", "- objectAlia\u017F: a", { objectAlias: "a" }],
    ["the case that sorts last", "- objectname: low\n  objectName: exact", { objectName: "low" }],
    ["the later of two equal keys", "- objectName: s\n  objectName: t", { objectName: "t" }],
    [
      "keys that are no text",
      "- 1: x\n  true: y\n  .inf: z\n  1.5: w\n  objectName: s",
      { objectName: "s" },
    ],
    ["an anchor", "- objectName: &n s\n  objectAlias: *n", { objectName: "s", objectAlias: "s" }],
    [
      "a merge key, which a later key overrides",
      "- <<: {objectName: s, objectAlias: a}\n  objectAlias: b",
      { objectName: "s", objectAlias: "b" },
    ],
    [
      "a merge key after the key it overrides",
      "- objectAlias: b\n  <<: {objectAlias: a}",
      { objectAlias: "a" },
    ],
    [
      "the earlier of several merged maps",
      "- <<: [{objectAlias: a}, {objectAlias: b}]",
      { objectAlias: "a" },
    ],
    ["complex keys", "- ? objectName\n  : s", { objectName: "s" }],
    ["a folded scalar", "- objectAlias: >-\n    a\n    b\n\n    c\n", { objectAlias: "a b\nc" }],
    [
      "a literal scalar with an indentation indicator",
      "- objectAlias: |2-\n     a\n    b\n",
      { objectAlias: " a\nb" },
    ],
    ["a kept trailing break", "- objectAlias: |+\n    a\n\n", { objectAlias: "a\n\n" }],
    [
      "escapes",
      String.raw`- objectAlias: "\x41\u00e9\U0001F600\N\_\e\/x"`.replace(String.raw`\/`, ""),
      { objectAlias: "A\u00e9\u{1F600}\u0085\u00a0\x1bx" },
    ],
    ["an escaped line break", '- objectAlias: "a\\\n    b"', { objectAlias: "ab" }],
    ["a doubled quote", "- objectAlias: 'it''s'", { objectAlias: "it's" }],
    ["a comment only after a blank", "- objectAlias: a#b #c", { objectAlias: "a#b" }],
    ["a colon in a plain scalar", "- objectAlias: a:b", { objectAlias: "a:b" }],
    [
      "a directive and tag handles",
      "%TAG !e! tag:yaml.org,2002:\n---\n- objectAlias: !e!str 5",
      { objectAlias: "5" },
    ],
    ["the first document only", "- objectName: s\n---\n- [", { objectName: "s" }],
    [
      "Windows line ends",
      "- objectName: s\r\n  objectAlias: a\r\n",
      { objectName: "s", objectAlias: "a" },
    ],
    ["a byte order mark", "\uFEFF- objectName: s", { objectName: "s" }],
    ["tabs between tokens", "- objectName:\ts\t", { objectName: "s" }],
    [
      "a failover object",
      "- failoverObject: {objectName: t, objectVersion: 2}",
      { "failover.objectName": "t", "failover.objectVersion": "2" },
    ],
  ];
  for (const [what, text, entry] of readable) {
    it(`reads ${what}`, () => assert.deepEqual(firstOf(text), entry));
  }

  for (const text of ["", "# nothing", "null", "~", "---\n...", "[]", "--- []"]) {
    it(`reads ${JSON.stringify(text)} as no entries`, () => {
      assert.deepEqual(parseObjects(text), { ok: true, descriptors: [] });
    });
  }

  it("reads a missing entry as an empty one", () => {
    assert.deepEqual(parseObjects("-\n- ~"), { ok: true, descriptors: [null, null] });
  });
});

describe("reading objects: refusals, word for word", () => {
  const yaml: readonly [string, string][] = [
    ["- {", "line 1: did not find expected node content"],
    ["- [a b: c", "line 1: did not find expected ',' or ']'"],
    ["- {a: b", "line 1: did not find expected ',' or '}'"],
    ["- a: b\n c: d", "line 1: did not find expected '-' indicator"],
    ["a: b\n- c", "line 1: did not find expected key"],
    ["a: b: c", "mapping values are not allowed in this context"],
    ["- a\n  - b: c: d", "line 2: mapping values are not allowed in this context"],
    ["a: - b", "block sequence entries are not allowed in this context"],
    ["- 'a", "found unexpected end of stream"],
    ['- "\\q"', "found unknown escape character"],
    ['- "\\u12"', "did not find expected hexdecimal number"],
    ["- %x", "found character that cannot start any token"],
    ["- a:\n\tb: c", "line 2: found character that cannot start any token"],
    ["- *x", "unknown anchor 'x' referenced"],
    ["- &x [*x]", "anchor 'x' value contains itself"],
    ["- !x!y z", "found undefined tag handle"],
    ["%YAML 1.2\n---\n- a", "found incompatible YAML document"],
    ["%FOO\n---\n", "found unknown directive name"],
    ["- |0\n a", "found an indentation indicator equal to 0"],
    ["- >x", "did not find expected comment or line break"],
    ["- !!int x", "cannot decode !!str `x` as a !!int"],
    ["- !!binary '*'", "!!binary value contains invalid base64 data"],
    ["- <<: x", "map merge requires map or sequence of maps as the value"],
    [
      "- {{ .Values.name }}",
      'invalid map key: map[interface {}]interface {}{".Values.name":interface {}(nil)}',
    ],
    ["- {[a]: b}", 'invalid map key: []interface {}{"a"}'],
    ["- a\u0001", "control characters are not allowed"],
    ["- a\uFFFE", "control characters are not allowed"],
  ];
  for (const [text, problem] of yaml) {
    it(`${JSON.stringify(text)}: ${problem}`, () => {
      assert.equal(errorOf(text), `error converting YAML to JSON: yaml: ${problem}`);
    });
  }

  const json: readonly [string, string][] = [
    [
      "- {~: v}",
      'error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: "v"',
    ],
    ["- x: .inf", "error converting YAML to JSON: json: unsupported value: +Inf"],
    [
      "5",
      "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal number into Go value of type []*provider.SecretDescriptor",
    ],
    [
      "- foo",
      "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go value of type provider.SecretDescriptor",
    ],
    [
      "- jmesPath: 5",
      "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal number into Go struct field SecretDescriptor.jmesPath of type []provider.JMESPathEntry",
    ],
    [
      "- jmesPath: [x]",
      "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go struct field SecretDescriptor.jmesPath of type provider.JMESPathEntry",
    ],
    [
      "- jmesPath: [{path: [x]}]",
      "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go struct field JMESPathEntry.jmesPath.path of type string",
    ],
    [
      "- failoverObject: yes",
      "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal bool into Go struct field SecretDescriptor.failoverObject of type provider.FailoverObjectEntry",
    ],
    [
      "- failoverObject: {objectName: {}}",
      "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal object into Go struct field FailoverObjectEntry.failoverObject.objectName of type string",
    ],
  ];
  for (const [text, error] of json) {
    it(`${text}: ${error}`, () => assert.equal(errorOf(text), error));
  }

  it("reports a character of a later fill after an error before it", () => {
    const early = "- a: b\n c: d\n" + " ".repeat(600);
    assert.match(errorOf(`${early}\u007F`) ?? "", /did not find expected '-' indicator$/);
    assert.match(errorOf(`- a: b\n c: d\n\u007F`) ?? "", /control characters/);
  });

  it("takes no key over 1,024 characters, but a value of any length", () => {
    const long = "k".repeat(1023);
    assert.equal(errorOf(`[{"${long.slice(1)}": 1}]`), undefined);
    assert.match(errorOf(`[{"${long}": 1}]`) ?? "", /did not find expected ',' or '}'$/);
    assert.deepEqual(firstOf(`[{"objectName": "${"v".repeat(5000)}"}]`), {
      objectName: "v".repeat(5000),
    });
  });

  it("refuses a document that is mostly expanded aliases", () => {
    const bomb = ["- &a [x, x, x, x, x, x, x, x, x, x]"];
    for (const [name, of] of ["ba", "cb", "dc", "ed"]) {
      bomb.push(`- &${name} [${Array.from({ length: 10 }, () => `*${of}`).join(", ")}]`);
    }
    assert.match(errorOf(bomb.join("\n")) ?? "", /yaml: document contains excessive aliasing$/);
  });

  it("refuses nesting that is too deep", () => {
    assert.match(errorOf("[".repeat(20_000)) ?? "", /exceeded max depth of 10000$/);
  });
});
