import { postgres } from "../../../functions/rotation/database";
import { type RotationContext, reconcile, rotate } from "../../../functions/rotation/rotation";
import { secretsManager } from "../../../functions/rotation/secrets";
import type { RotationSettings } from "../../../functions/rotation/settings";
import { SecretsManagerStandIn } from "./secrets-manager";
import { ADMINISTRATOR, type TestServer } from "./server";

const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

/** One database with one rotating user. */
export class World {
  readonly settings: RotationSettings;
  readonly secret: SecretsManagerStandIn;
  readonly lines: string[] = [];
  readonly server: TestServer;

  constructor(server: TestServer, app: string, more: Partial<RotationSettings> = {}) {
    this.server = server;
    this.settings = {
      secretArn: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${app}-AbCdEf`,
      masterSecretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:master-AbCdEf",
      ...{ host: server.host, port: server.port, dbname: app, dbInstanceIdentifier: app },
      ownerRole: `${app}_owner`,
      users: [`${app}_app`, `${app}_app_clone`],
      access: "owner",
      schema: "public",
      minimumAgeSeconds: 0,
      ...more,
    };
    this.secret = new SecretsManagerStandIn(this.settings.secretArn);
    this.secret.administrator = JSON.stringify(ADMINISTRATOR);
  }

  get context(): RotationContext {
    return {
      settings: this.settings,
      secrets: secretsManager(this.settings, this.secret.client),
      database: postgres(this.settings, this.server.certificate),
      now: () => new Date(),
      log: (fields) => this.lines.push(JSON.stringify(fields)),
    };
  }

  reconcile(context = this.context) {
    return reconcile(context);
  }

  step(step: (typeof STEPS)[number], token: string, context = this.context) {
    return rotate(context, { step, token, secretId: this.settings.secretArn });
  }

  /** One rotation, as Secrets Manager runs it; with a token it goes on with one that has died. */
  async rotate(token = this.secret.rotate(), context = this.context): Promise<void> {
    for (const step of STEPS) await this.step(step, token, context);
  }

  /** Statements as the user of a value, by default of the current one. */
  as(value: Record<string, any> = this.secret.value(), ...statements: readonly string[]) {
    const login = { username: value.username, password: value.password };
    return this.server.run(this.settings.dbname, login, ...statements);
  }

  administer(...statements: readonly string[]) {
    return this.server.administer(this.settings.dbname, ...statements);
  }

  /** Whom the value logs in as. */
  async whoami(value?: Record<string, any>): Promise<string> {
    const [row] = await this.as(value, "select session_user || ' as ' || current_user as who");
    return row.who;
  }
}

export class Died extends Error {}

/**
 * A context whose process dies at the `n`th call to the outside: what the call before it changed is
 * there, and nothing of the function remembers it.
 */
export function mortal(
  context: RotationContext,
  n: number,
): { readonly context: RotationContext; readonly calls: () => number } {
  let calls = 0;
  const dying = <T extends object>(target: T): T =>
    new Proxy(target, {
      get:
        (object, key) =>
        (...args: unknown[]) => {
          calls += 1;
          if (calls === n) return Promise.reject(new Died());
          return (object as any)[key](...args);
        },
    });
  return {
    context: {
      ...context,
      secrets: dying(context.secrets),
      database: dying(context.database),
    },
    calls: () => calls,
  };
}
