import * as assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  readStackFile,
  StackFileError,
} from "../../../../../preflight/simulation/program/stack-file";
import {
  FORMS_PROJECT,
  SECOND_DOCUMENT,
  STACK_FILE_FORMS,
  type StackFileForm,
} from "../../../../support/stack-file-forms";

describe("a settings file means what it means to the Pulumi CLI", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "stack-file-forms-"));
    writeFileSync(join(folder, "Pulumi.yaml"), `name: ${FORMS_PROJECT}\nruntime: nodejs\n`);
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = ({ text }: StackFileForm) => {
    writeFileSync(join(folder, "Pulumi.dev.yaml"), text);
    return readStackFile(folder, "dev");
  };
  const refusal = (form: StackFileForm): string => {
    try {
      read(form);
    } catch (error) {
      assert.ok(error instanceof StackFileError, String(error));
      return error.message;
    }
    return "accepted";
  };

  const [stricter, alike] = [true, false].map((second) =>
    STACK_FILE_FORMS.filter(({ name }) => SECOND_DOCUMENT.includes(name) === second),
  ) as [StackFileForm[], StackFileForm[]];

  for (const form of alike) {
    if (form.refused === undefined) {
      it(`takes ${form.name}`, () => {
        const { config, secretKeys } = read(form);
        const plain = Object.entries(config).filter(([key]) => !secretKeys.includes(key));
        assert.deepEqual(
          { config: Object.fromEntries(plain), secretKeys },
          { config: form.config, secretKeys: form.secretKeys ?? [] },
        );
      });
    } else {
      it(`refuses ${form.name}`, () => assert.match(refusal(form), /^Pulumi\.dev\.yaml[:, ]/));
    }
  }

  for (const form of stricter) {
    it(`refuses what Pulumi would ignore: ${form.name}`, () =>
      assert.equal(
        refusal(form),
        "Pulumi.dev.yaml, line 4: a second document begins, and Pulumi reads the first alone; " +
          "put everything into one",
      ));
  }

  const messages: readonly (readonly [name: string, message: string])[] = [
    [".inf", "the value is .inf, which is no number that Pulumi keeps; quote the text"],
    ["tagged bool", 'the value is tagged !!bool, and Pulumi does not read "yes" as one'],
    ['!!binary "###"', "the value is tagged !!binary and is no Base64"],
    ["list key", "the map has a list or a map as a key; put the key in quotes"],
    ["merge of a text", "the map merges with '<<' what is no map and no list of maps"],
    ["tab", "the line is indented by a tab, which YAML does not allow; use spaces"],
    ["numeric key", "there is a configuration key that is no string; put the key in quotes"],
    ["control character", "there is a control character; write it as an escape in double quotes"],
    ['"\\ud800"', "the string has half a character as an escape; write the character itself"],
  ];
  for (const [name, message] of messages) {
    it(`says in plain words what is wrong with ${name}`, () => {
      const form = STACK_FILE_FORMS.find((one) => one.name === name);
      assert.ok(form);
      assert.equal(refusal(form), `Pulumi.dev.yaml, line 2: ${message}`);
    });
  }

  it("refuses a file that is mostly aliases", () => {
    const levels = Array.from(
      { length: 9 },
      (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(", ")}]`,
    );
    const text = ["l0: &l0 [x]", ...levels].join("\n");
    assert.match(refusal({ name: "aliases", text }), /the file refers to too many values/);
  });
});
