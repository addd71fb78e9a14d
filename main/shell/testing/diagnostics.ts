import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { OpenProgram } from '../../../e2e/electron/open-program.ts';
import { Crash, Finding, ReportBundle } from '../../../preload/contract/diagnostics.ts';

/** What main answers a page that asks. */
async function ask<T>(
  { page }: OpenProgram,
  channel: string,
  payload: unknown,
  answer: z.ZodType<T>,
): Promise<T> {
  const outcome: unknown = await page.evaluate(([name, sent]) => window.traboule.invoke(name, sent), [
    channel,
    payload,
  ] as const);
  return z.object({ ok: z.literal(true), value: answer }).parse(outcome).value;
}

/** What the program knows of what stopped by itself. */
export const crashesOf = (program: OpenProgram) =>
  ask(program, 'diagnostics.state', undefined, z.object({ crashes: z.array(Crash), unseen: z.number() }));

/** Declares the tests of the checks and the report of a program with nobody signed in. */
export function testDiagnostics(program: () => OpenProgram): void {
  const check = (name: string, devices: number | null = null) =>
    ask(program(), 'diagnostics.check', { check: name, devices }, Finding);

  describe('the diagnostics', () => {
    test('checks what it can with nobody signed in', async () => {
      expect(await check('chat')).toEqual({ code: 'chat-none', facts: {} });
      expect(await check('clock')).toMatchObject({ code: 'clock-unasked' });
      expect((await check('disk')).code).toMatch(/^disk-(fine|low|full|unasked)$/);
      expect(await check('policy')).toMatchObject({ code: 'policy-none' });
      const { facts } = await check('versions');
      expect(facts['system']).toContain('linux');
      const cameras = await program().page.evaluate(async () => {
        const devices = await navigator.mediaDevices.enumerateDevices();
        return devices.filter(({ kind }) => kind === 'videoinput').length;
      });
      expect(await check('camera', cameras)).toMatchObject({
        code: cameras > 0 ? 'camera-fine' : 'camera-none',
      });
    });

    test('puts a report together out of the real log, without what a page wrote of secrets', async () => {
      const details = { message: 'GET https://u:hunter22@files.example/x?token=hunter23 failed' };
      await ask(program(), 'app.log', { level: 'error', event: 'page.test', details }, z.undefined());
      const bundle = await ask(program(), 'diagnostics.prepare', { withFileNames: true }, ReportBundle);
      expect(bundle.files.map(({ name }) => name)).toContain('logs/main.log');
      const { bundleId } = bundle;
      const { text } = await ask(
        program(),
        'diagnostics.read',
        { bundleId, name: 'logs/main.log', page: 0 },
        z.object({ text: z.string() }),
      );
      expect(text).toContain('page.page.test');
      expect(text).not.toContain('hunter2');
    });
  });
}
