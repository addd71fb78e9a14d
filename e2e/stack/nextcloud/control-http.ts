/**
 * `POST /_standin/control` with a JSON body: the control object for other processes. One command a request:
 * `{ "command": "add-fault", "rule": { "method": "PUT", "path": "*.bin", "effect": { "kind": "status", "status": 423 } } }`.
 * Only loopback reaches it, and only `application/json`, which no foreign web page can send unasked.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Control } from './control.ts';
import { faultStatuses } from './faults.ts';

const status = z.literal(faultStatuses);
const bytes = z.number().int().nonnegative();

const effect = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delay'), ms: z.number().nonnegative() }),
  z.object({ kind: z.literal('status'), status, retryAfter: bytes.exactOptional() }),
  z.object({ kind: z.literal('maintenance') }),
  z.object({ kind: z.literal('cut-request'), afterBytes: bytes }),
  z.object({ kind: z.literal('cut-response'), afterBytes: bytes }),
  z.object({ kind: z.literal('drop') }),
  z.object({ kind: z.literal('drop-answer') }),
  z.object({ kind: z.literal('stale-etag') }),
  z.object({ kind: z.literal('throttle'), bytesPerSecond: z.number().positive() }),
]);

const rule = z.object({
  method: z.string().exactOptional(),
  path: z.string().exactOptional(),
  skip: bytes.exactOptional(),
  times: bytes.exactOptional(),
  effect,
});

const switches = z.strictObject({
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .exactOptional(),
  bulkUpload: z.boolean().exactOptional(),
  folderArchive: z.boolean().exactOptional(),
  autoMkcol: z.boolean().exactOptional(),
  notifyPush: z.boolean().exactOptional(),
  apache: z.boolean().exactOptional(),
  maintenance: z.boolean().exactOptional(),
  mountRootProperty: z.boolean().exactOptional(),
  forbiddenCharacters: z.array(z.string()).exactOptional(),
  activityApp: z.boolean().exactOptional(),
  dataFingerprint: z.string().exactOptional(),
});

/** One account, as commands and the standalone program take it. */
export const userSchema = z.object({
  uid: z.string(),
  password: z.string(),
  displayName: z.string(),
  email: z.string().exactOptional(),
  quota: bytes.exactOptional(),
  groups: z.array(z.string()).exactOptional(),
  enabled: z.boolean().exactOptional(),
});

const command = z.discriminatedUnion('command', [
  z.object({ command: z.literal('add-fault'), rule }),
  z.object({ command: z.literal('remove-fault'), id: z.number() }),
  z.object({ command: z.literal('clear-faults') }),
  z.object({ command: z.literal('faults') }),
  z.object({ command: z.literal('set'), switches }),
  z.object({ command: z.literal('switches') }),
  z.object({ command: z.literal('put-user'), user: userSchema }),
  z.object({ command: z.literal('set-quota'), uid: z.string(), quota: bytes.nullable() }),
  z.object({ command: z.literal('set-enabled'), uid: z.string(), enabled: z.boolean() }),
  z.object({ command: z.literal('revoke-app-passwords'), uid: z.string() }),
  z.object({ command: z.literal('create-app-password'), uid: z.string(), name: z.string() }),
  z.object({ command: z.literal('run-background-jobs') }),
  z.object({ command: z.literal('requests') }),
  z.object({ command: z.literal('reset-request-log') }),
]);

type Command = z.infer<typeof command>;
type Named<Name> = Extract<Command, { command: Name }>;

/** Answers 200 `{ result }`, or 400 `{ error }` for a command that is none. */
export async function handleControl(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const isJson = request.headers['content-type']?.startsWith('application/json') === true;
  const parsed = command.safeParse(isJson ? parseJson(Buffer.concat(parts).toString('utf8')) : undefined);
  if (request.method !== 'POST' || !parsed.success) {
    send(response, 400, { error: parsed.error?.message ?? 'send a command as application/json by POST' });
    return;
  }
  try {
    send(response, 200, { result: perform(control, parsed.data) ?? null });
  } catch (error) {
    send(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** Every command's work. */
const commands: { readonly [Name in Command['command']]: (control: Control, asked: Named<Name>) => unknown } =
  {
    'add-fault': (control, { rule }) => control.addFault(rule),
    'remove-fault': (control, { id }) => control.removeFault(id),
    'clear-faults': (control) => control.clearFaults(),
    faults: (control) => control.faults(),
    set: (control, { switches }) => control.set(switches),
    switches: (control) => control.switches(),
    'put-user': (control, { user }) => control.putUser(user),
    'set-quota': (control, { uid, quota }) => control.setQuota(uid, quota),
    'set-enabled': (control, { uid, enabled }) => control.setEnabled(uid, enabled),
    'revoke-app-passwords': (control, { uid }) => control.revokeAppPasswords(uid),
    'create-app-password': (control, { uid, name }) => control.createAppPassword(uid, name),
    'run-background-jobs': (control) => control.runBackgroundJobs(),
    requests: (control) => control.requests(),
    'reset-request-log': (control) => control.resetRequestLog(),
  };

function perform<Name extends Command['command']>(
  control: Control,
  asked: Named<Name> & { command: Name },
): unknown {
  return commands[asked.command](control, asked);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no command either; answered with 400
  }
}

function send(response: ServerResponse, code: number, value: unknown): void {
  response.writeHead(code, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}
