import { once } from "node:events";
import * as fs from "node:fs";
import * as net from "node:net";
import type * as grpc from "@grpc/grpc-js";

/** A port of this machine for connections of one user. */
export interface Listener {
  readonly port: number;
  readonly close: () => void;
}

/**
 * Listens on a free port of 127.0.0.1 and hands over the connections of a user: the engine attaches to a
 * provider without any credentials, and other users of the machine could ask for the stack's secrets.
 * Without `user`, and on systems other than Linux, every connection is accepted.
 */
export async function listen(
  accept: grpc.ConnectionInjector["injectConnection"],
  user = process.getuid?.(),
): Promise<Listener> {
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    // A connection that breaks must not end this process.
    socket.on("error", () => undefined);
    if (!isFrom(user, socket)) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    accept(socket);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: (server.address() as net.AddressInfo).port,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

const TABLE = "/proc/net/tcp";

function isFrom(user: number | undefined, { remotePort, localPort }: net.Socket): boolean {
  if (user === undefined || !fs.existsSync(TABLE)) return true;
  return ownerOf(fs.readFileSync(TABLE, "utf8"), remotePort, localPort) === user;
}

/**
 * The user of a connection between two ports of 127.0.0.1, as the process has it that connected, from
 * Linux's table of TCP connections; `undefined` where it is not in the table.
 *
 * @see https://docs.kernel.org/networking/proc_net_tcp.html
 */
export function ownerOf(table: string, from?: number, to?: number): number | undefined {
  const fields = table.split("\n").map((line) => line.trim().split(/\s+/));
  const found = fields.find(
    ([, local, remote]) => local === address(from) && remote === address(to),
  );
  return found?.[7] === undefined ? undefined : Number(found[7]);
}

const address = (port = 0): string =>
  `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
