import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createClient, type Message, type MessageBus, messageType } from 'dbus-native';
import { BUS, type BusCall, ownerChanges, type SessionBus, type SignalRule } from './bus.ts';

/** A desktop that does not answer is not waited for longer. */
const ANSWER_WITHIN_MS = 5000;

/**
 * Where the bus listens: as the session says, else where systemd puts it. Only sockets of this computer: an address that
 * would start a program, or go over a network, is none. Null when there is no bus.
 */
export function busAddress(
  env: Readonly<Record<string, string | undefined>>,
  isThere: (path: string) => boolean = existsSync,
): string | null {
  const said = env['DBUS_SESSION_BUS_ADDRESS'];
  if (said) return said.split(';').find((address) => address.startsWith('unix:')) ?? null;
  const usual = join(env['XDG_RUNTIME_DIR'] ?? '', 'bus');
  return env['XDG_RUNTIME_DIR'] && isThere(usual) ? `unix:path=${usual}` : null;
}

/** Connects. `onLost` is told when the bus goes away: the session ends, or restarts it. Throws when nobody answers. */
export async function openSessionBus(address: string, onLost: () => void): Promise<SessionBus> {
  const bus = createClient({
    busAddress: address,
    timeout: ANSWER_WITHIN_MS,
    // The greeting is ours: nobody could catch it when the library's own is not answered.
    direct: true,
    // A socket of this computer tells who comes: nothing else has to be proven, or is.
    authMethods: ['EXTERNAL'],
  });
  try {
    await greet(bus);
  } catch (error) {
    bus.connection.stream.destroy();
    throw error;
  }
  bus.connection.once('close', onLost);
  const hearers: { rule: SignalRule; listener: (body: readonly unknown[]) => void }[] = [];
  /** Address of the moment of each service that is heard: a signal carries no other. */
  const owners = new Map<string, string>();
  const call = (asked: BusCall): Promise<readonly unknown[]> => invoke(bus, asked);
  bus.connection.on('message', (message) => {
    for (const { rule, listener } of hearers) if (isFor(rule, message, owners)) listener(message.body ?? []);
  });
  const listen = async (rule: SignalRule, listener: (body: readonly unknown[]) => void): Promise<void> => {
    hearers.push({ rule, listener });
    await call({ ...BUS, member: 'AddMatch', signature: 's', body: [matchOf(rule)] });
  };
  const followOwner = async (service: string): Promise<void> => {
    if (service === BUS.service || owners.has(service)) return;
    owners.set(service, '');
    await listen(ownerChanges(service), ([, , owner]) => owners.set(service, String(owner)));
    const asked = { ...BUS, member: 'GetNameOwner', signature: 's', body: [service] };
    // Nobody has the name yet: its change will be heard.
    const [owner] = await call(asked).catch(() => ['']);
    // A change that was heard meanwhile is newer than the answer.
    if (owners.get(service) === '') owners.set(service, String(owner));
  };
  return {
    call,
    hear: async (rule, listener) => {
      await followOwner(rule.service);
      // The answer to a call, which may stand right before the signal, is taken first.
      await listen(rule, (body) => setImmediate(listener, body));
    },
    close: async () => {
      bus.connection.off('close', onLost);
      await bus.close();
    },
  };
}

function isFor(rule: SignalRule, message: Message, owners: ReadonlyMap<string, string>): boolean {
  const { type, sender, interface: name, member, body = [] } = message;
  const from = rule.service === BUS.service ? BUS.service : owners.get(rule.service);
  if (type !== messageType.signal || sender !== from) return false;
  if (name !== rule.interface || member !== rule.member) return false;
  return rule.about === undefined || body[0] === rule.about;
}

function matchOf({ service, interface: name, member, about }: SignalRule): string {
  const argument = about === undefined ? '' : `,arg0='${about}'`;
  return `type='signal',sender='${service}',interface='${name}',member='${member}'${argument}`;
}

function invoke(bus: MessageBus, asked: BusCall): Promise<readonly unknown[]> {
  const { service, path, interface: name, member, signature, body = [] } = asked;
  const { promise, resolve, reject } = Promise.withResolvers<readonly unknown[]>();
  const message: Message = {
    type: messageType.methodCall,
    destination: service,
    path,
    interface: name,
    member,
    ...(signature === undefined ? {} : { signature, body: [...body] }),
  };
  bus.invoke(message, (error, ...values) => (error ? reject(error) : resolve(values)));
  return promise;
}

/** A socket that nobody serves says so at once; later errors of the connection are its end, which is told. */
async function greet(bus: MessageBus): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  bus.connection.on('error', reject);
  await Promise.race([promise, invoke(bus, { ...BUS, member: 'Hello' })]);
}
