import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { boundless } from '../../preload/contract/boundless.ts';
import { MOST_PASTED_BYTES } from '../../preload/contract/files.ts';
import { tryParse } from '../contract/try-parse.ts';
import { anything, nearly } from '../contract/wrong-values.ts';
import { silentLog } from '../log/silent.ts';
import { runSyncHost } from './host-port.ts';
import { HostMessage, HostRequest, SyncCommand } from './protocol.ts';
import { Supervisor } from './supervisor.ts';

/** What can be of any size although its schema does not say so; bytes have a test below. */
const KNOWN = new Set([
  '.command.source.bytes',
  // Answers and events are the engine's own; each is checked where it is used.
  '.value',
  '.event',
]);
const commands = SyncCommand.options.map((option) => ({
  type: z.string().parse([...option.shape.type.values][0]),
  option,
}));
const MESSAGES: Readonly<Record<HostMessage['kind'], readonly string[]>> = {
  answer: ['ok', 'value', 'code', 'detail'],
  progress: ['bytesDone', 'bytesTotal'],
  event: ['event'],
  trash: ['path'],
  label: ['pair', 'path'],
  pulse: ['id'],
};

/** What a value has, and more. */
const having = (value: unknown, more: object): object =>
  Object.assign(typeof value === 'object' && value !== null ? value : {}, more);

/** The sync process with its end of the port in the test's hand. */
function syncProcess() {
  const sent: unknown[] = [];
  const closed = vi.fn<() => void>();
  let receive: (message: unknown) => void = () => undefined;
  const port = {
    send: (message: unknown) => void sent.push(message),
    onMessage: (listener: (message: unknown) => void) => {
      receive = listener;
    },
  };
  runSyncHost(port, { askForTrash: false, askForLabels: true }, closed);
  return { sent, closed, receive: (message: unknown) => receive(message) };
}

describe('what main and the sync process say to each other', () => {
  it.each([
    ['to the sync process', HostRequest],
    ['to main', HostMessage],
  ])('has an end: %s', (_, schema) => {
    const written = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    expect(boundless('', written).filter((place) => !KNOWN.has(place))).toEqual([]);
  });

  it('carries pasted bytes up to an end', () => {
    const isCarried = (length: number): boolean =>
      HostRequest.safeParse({
        id: 1,
        command: {
          type: 'importFile',
          pair: 'a',
          source: { kind: 'bytes', name: 'a.png', bytes: new Uint8Array(length) },
          targetDir: '',
        },
      }).success;
    expect(isCarried(MOST_PASTED_BYTES)).toBe(true);
    expect(isCarried(MOST_PASTED_BYTES + 1)).toBe(false);
  });

  it.each(commands)('$type reaches no engine with 300 wrong payloads', ({ type, option }) => {
    const { sent, receive } = syncProcess();
    const wrong = fc
      .oneof(
        nearly(option).map((command) => ({ id: 1, command: having(command, { type }) })),
        fc.record({ id: fc.oneof(anything, fc.nat()), command: anything }),
      )
      .filter((message) => tryParse(HostRequest, message)?.success !== true);
    fc.assert(
      fc.property(wrong, (message) => {
        expect(() => receive(message)).toThrow(Error);
      }),
      { numRuns: 300 },
    );
    expect(sent).toEqual([]);
  });

  it('does nothing in the sync process for what is no message at all', () => {
    const { sent, closed, receive } = syncProcess();
    fc.assert(
      fc.property(
        anything.filter((message) => tryParse(HostRequest, message)?.success !== true),
        (message) => {
          expect(() => receive(message)).toThrow(Error);
        },
      ),
      { numRuns: 1000 },
    );
    expect(sent).toEqual([]);
    expect(closed).not.toHaveBeenCalled();
  });

  it('does nothing in main when the sync process says something wrong', async () => {
    const acts = vi.fn<() => Promise<null>>(() => Promise.resolve(null));
    const sent: unknown[] = [];
    let say: (message: unknown) => void = () => undefined;
    const child = {
      send: (message: unknown) => void sent.push(message),
      onMessage: (listener: (message: unknown) => void) => {
        say = listener;
      },
      onExit: () => undefined,
      kill: () => undefined,
    };
    const supervisor = new Supervisor(
      () => child,
      async () => void (await acts()),
      silentLog,
      { labelFor: acts },
    );
    supervisor.onEvent(() => void acts());
    await supervisor.begin();
    const nearlyMessages = Object.entries(MESSAGES).map(([kind, names]) => {
      const shape = z.object(Object.fromEntries(['id', ...names].map((name) => [name, z.unknown()])));
      return nearly(shape).map((said) => having(said, { kind }));
    });
    const wrong = fc
      .oneof(anything, ...nearlyMessages)
      .filter((message) => tryParse(HostMessage, message)?.success !== true);
    fc.assert(
      fc.property(wrong, (message) => say(message)),
      { numRuns: 2000 },
    );
    expect(acts).not.toHaveBeenCalled();
    expect(sent).toEqual([]);
  });
});
