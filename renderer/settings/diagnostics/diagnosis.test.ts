import { describe, expect, test, vi } from 'vitest';
import { rig } from '../../../e2e/gallery/rig.ts';
import { troubledDiagnostics } from '../../../e2e/gallery/world/diagnostics.ts';
import { CHECKS, FINDINGS } from '../../../preload/contract/findings.ts';
import { frenchWords, wordsIn } from '../../i18n/testing.ts';
import { Diagnosis, tally } from './diagnosis.ts';
import { findingWords, summary } from './finding-words.ts';
import { remediesOf } from './remedies.ts';

function diagnosisOf(before: Parameters<typeof rig>[0] = () => undefined) {
  const { bridge, asked } = rig(before);
  const countDevices = (check: string) => Promise.resolve(check === 'camera' ? 2 : null);
  return { diagnosis: new Diagnosis({ bridge: bridge.diagnostics, countDevices }), asked };
}

describe('a diagnosis', () => {
  test('runs every check once and counts what they find', async () => {
    const { diagnosis, asked } = diagnosisOf((stage) => {
      stage.world.diagnostics = troubledDiagnostics();
    });
    await diagnosis.runAll();
    expect(asked('diagnostics.check')).toHaveLength(CHECKS.length);
    expect(asked('diagnostics.check')).toContainEqual({ check: 'camera', devices: 2 });
    expect(tally(diagnosis.states.get())).toEqual({ ok: 1, watch: 3, broken: 6, running: 0, ended: 10 });
  });

  test('ends what runs when it is stopped, and keeps it stopped', async () => {
    const late = Promise.withResolvers<{ code: 'chat-fine'; facts: Record<string, string> }>();
    const { diagnosis, asked } = diagnosisOf((stage) => {
      stage.overrides.diagnostics = { check: () => late.promise };
    });
    const running = diagnosis.run('chat');
    await vi.waitFor(() => expect(asked('diagnostics.check')).toHaveLength(1));
    diagnosis.stopAll();
    expect(diagnosis.states.get().chat).toEqual({ at: 'stopped' });
    expect(asked('diagnostics.stop')).toEqual([{ check: 'chat' }]);
    late.resolve({ code: 'chat-fine', facts: {} });
    await running;
    expect(diagnosis.states.get().chat).toEqual({ at: 'stopped' });
  });
});

describe('a finding', () => {
  const codes = [...FINDINGS.ok, ...FINDINGS.watch, ...FINDINGS.broken];
  test.each(codes)('%s has words in both languages', (code) => {
    const facts = {
      host: 'h.example',
      version: '1',
      bytes: 2_000_000_000,
      minutes: 7,
      count: 2,
      first: 'x',
      seconds: 15,
      path: '/p',
      program: '1',
      electron: '2',
      system: 'linux',
    };
    for (const words of [frenchWords, wordsIn('en')]) {
      const { title, text } = findingWords({ code, facts }, words);
      expect(`${title} ${text}`).not.toMatch(/\{\{|found\./);
      expect(text.length).toBeGreaterThan(5);
    }
  });

  test('offers what this PC can do about it', () => {
    const all = { systemPanels: true, help: true };
    expect(remediesOf('clock-wrong', all)).toEqual([{ act: 'system', panel: 'clock' }, { act: 'help' }]);
    expect(remediesOf('clock-wrong', { systemPanels: false, help: false })).toEqual([]);
    expect(remediesOf('files-ended', { systemPanels: false, help: false })).toEqual([
      { act: 'sign-in', goal: 'files' },
    ]);
    expect(remediesOf('chat-fine', all)).toEqual([]);
  });

  test('can be pasted with all others', async () => {
    const { diagnosis } = diagnosisOf();
    await diagnosis.runAll();
    const lines = summary(diagnosis.states.get(), frenchWords).split('\n');
    expect(lines).toHaveLength(CHECKS.length);
    expect(lines[0]).toBe(
      'Conversations\u202f: Tout va bien. Les conversations répondent. discussion.metropole.example vous reconnaît.',
    );
  });
});
