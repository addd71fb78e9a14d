import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Rig, rig } from '../../e2e/gallery/rig.ts';
import { CRECHES, RUGBY } from '../../e2e/gallery/world/salons.ts';
import type { Opening } from '../../preload/contract/app.ts';
import { frenchWords } from '../i18n/testing.ts';
import { followOpenings } from './opening.ts';

let stop = (): void => undefined;
afterEach(() => stop());

/** A page that starts with something to open. */
function started(opening: Opening): Rig {
  const scene = rig((stage) => {
    stage.overrides.app = { takeOpening: () => opening };
  });
  scene.workspace.navigation.openSalon(CRECHES);
  stop = followOpenings(scene.workspace);
  return scene;
}
const open = ({ workspace }: Rig) => workspace.navigation.place.get().salonId;
const said = ({ workspace }: Rig) => workspace.toasts.shown.get().map(({ text }) => text(frenchWords));

describe('what the system asks to open', () => {
  it('is taken at the start, and when it comes later', async () => {
    const scene = started({ kind: 'salon', salonId: RUGBY });
    await vi.waitFor(() => expect(open(scene)).toBe(RUGBY));
    scene.workspace.navigation.openSalon(CRECHES);
    scene.stage.main.emit('app', 'openingWaits', undefined);
    await vi.waitFor(() => expect(open(scene)).toBe(RUGBY));
    expect(said(scene)).toEqual([]);
  });

  it('opens no microphone: the person joins the call of a link themselves', async () => {
    const scene = started({ kind: 'call', salonId: RUGBY });
    await vi.waitFor(() => expect(said(scene)).toHaveLength(1));
    expect(open(scene)).toBe(RUGBY);
    expect(scene.asked('calls.open')).toEqual([]);
    scene.workspace.navigation.openSalon(CRECHES);
    scene.workspace.toasts.shown.get()[0]?.act?.act();
    await vi.waitFor(() => expect(scene.asked('calls.open')).toMatchObject([{ salonId: RUGBY }]));
  });

  it('is refused kindly when it is nothing of ours, or a salon of others', async () => {
    const refused = started({ kind: 'refused' });
    await vi.waitFor(() => expect(said(refused)).toHaveLength(1));
    const others = started({ kind: 'salon', salonId: '!others:elsewhere.example' });
    await vi.waitFor(() => expect(said(others)).toHaveLength(1));
    expect([open(refused), open(others)]).toEqual([CRECHES, CRECHES]);
    expect(said(others)).not.toEqual(said(refused));
  });

  it('waits for a list that is not whole yet', async () => {
    const scene = started({ kind: 'command', command: 'show-files' });
    await vi.waitFor(() => expect(scene.workspace.navigation.place.get().module).toBe('files'));
    const whole = scene.workspace.chat.list.get();
    if (!whole) throw new Error('there is no list');
    const without = whole.salons.filter(({ id }) => id !== RUGBY);
    scene.stage.chat.tell({ type: 'salons', snapshot: { ...whole, connection: 'cached', salons: without } });
    scene.stage.overrides.app = { takeOpening: () => ({ kind: 'salon', salonId: RUGBY }) };
    scene.stage.main.emit('app', 'openingWaits', undefined);
    await vi.waitFor(() => expect(scene.asked('app.takeOpening')).toHaveLength(2));
    expect(said(scene)).toEqual([]);
    scene.stage.chat.tell({ type: 'salons', snapshot: whole });
    await vi.waitFor(() => expect(open(scene)).toBe(RUGBY));
  });
});
