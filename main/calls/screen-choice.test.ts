import { describe, expect, it } from 'vitest';
import type { ScreenSource } from '../../preload/contract/calls.ts';
import { ScreenChoice } from './screen-choice.ts';

const source = (id: string): ScreenSource => ({
  id,
  name: id,
  kind: 'window',
  thumbnail: 'data:image/png;base64,',
});
const SOURCES = [source('screen:0:0'), source('window:7:0')];

describe('the choice of what to share', () => {
  it('offers the sources and waits for one of them', async () => {
    const offered: string[][] = [];
    const choice = new ScreenChoice((sources) => offered.push(sources.map(({ id }) => id)));
    const asked = choice.ask(SOURCES);
    expect(offered).toEqual([['screen:0:0', 'window:7:0']]);
    choice.answer('window:7:0');
    expect(await asked).toBe('window:7:0');
  });

  it('takes nothing that was not offered', async () => {
    const choice = new ScreenChoice(() => undefined);
    const asked = choice.ask(SOURCES);
    choice.answer('window:8:0');
    expect(await asked).toBeNull();
  });

  it('answers an older question with nothing when a new one comes', async () => {
    const choice = new ScreenChoice(() => undefined);
    const first = choice.ask(SOURCES);
    const second = choice.ask(SOURCES);
    expect(await first).toBeNull();
    choice.answer(null);
    expect(await second).toBeNull();
  });

  it('forgets an answer that nobody asked for', async () => {
    const choice = new ScreenChoice(() => undefined);
    choice.answer('screen:0:0');
    const asked = choice.ask(SOURCES);
    choice.answer('window:7:0');
    expect(await asked).toBe('window:7:0');
  });
});
