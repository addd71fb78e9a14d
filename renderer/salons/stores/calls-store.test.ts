import { describe, expect, it, vi } from 'vitest';
import { type Rig, rig } from '../../../e2e/gallery/rig.ts';
import { NOW } from '../../../e2e/gallery/world/people.ts';
import { CRECHES, conference, RUGBY, rugbyCall } from '../../../e2e/gallery/world/salons.ts';
import type { Ringing } from '../../matrix/protocol.ts';

const ring: Ringing = {
  salonId: CRECHES,
  salonName: 'Crèches du 3ᵉ',
  callerName: 'Karim',
  conference,
  widgetId: 'w9',
  ringId: '$ring1',
  peopleThere: 1,
  until: NOW + 30_000,
};
const joined = (participants: number) => ({
  phase: 'joined' as const,
  since: NOW,
  participants: Array.from({ length: participants }, (_, index) => ({ id: `p${index}`, name: `P${index}` })),
});
const phase = ({ stage }: Rig, next: Parameters<typeof stage.main.emit<'calls', 'changed'>>[2]['phase']) =>
  stage.main.emit('calls', 'changed', { salonId: RUGBY, phase: next });

describe('a call one makes', () => {
  it('rings the others once one is in, and stops when someone came', async () => {
    const scene = rig();
    expect(await scene.workspace.calls.callOrJoin(RUGBY)).toBeNull();
    expect(scene.ran('ring')).toEqual([]);
    phase(scene, joined(0));
    await vi.waitFor(() =>
      expect(scene.ran('ring')).toMatchObject([{ text: 'Je vous appelle dans ce salon.' }]),
    );
    expect(scene.ran('setInCall')).toMatchObject([{ inCall: true }]);
    await vi.waitFor(() => {
      phase(scene, joined(1));
      expect(scene.ran('stopRinging')).toHaveLength(1);
    });
    phase(scene, { phase: 'left' });
    expect(scene.ran('setInCall')).toMatchObject([{ inCall: true }, { inCall: false }]);
    expect(scene.workspace.calls.own.get()).toEqual({});
    expect(scene.workspace.calls.log.calls.get()).toMatchObject([{ kind: 'made', salonId: RUGBY }]);
  });

  it('rings nobody when others are there already', async () => {
    const scene = rig((stage) => stage.chat.change(RUGBY, { call: rugbyCall }));
    await scene.workspace.calls.callOrJoin(RUGBY);
    phase(scene, joined(3));
    await vi.waitFor(() => expect(scene.ran('setInCall')).toHaveLength(1));
    expect(scene.ran('ring')).toEqual([]);
  });

  it('stops ringing when the person leaves before anyone came', async () => {
    const scene = rig();
    await scene.workspace.calls.callOrJoin(RUGBY);
    phase(scene, joined(0));
    phase(scene, { phase: 'left' });
    await vi.waitFor(() => expect(scene.ran('stopRinging')).toHaveLength(1));
  });

  it('closes its window and says why when the chat can not prepare it', async () => {
    const scene = rig((stage) => stage.chat.world.failing.set('prepareCall', 'refused'));
    expect(await scene.workspace.calls.callOrJoin(RUGBY)).toMatchObject({
      from: 'chat',
      error: { code: 'refused' },
    });
    expect(scene.asked('calls.leave')).toHaveLength(1);
  });
});

describe('a call one gets', () => {
  const heard = () => {
    const scene = rig();
    scene.stage.chat.tell({ type: 'ringing', snapshot: [ring] });
    return scene;
  };

  it('rings until it is answered', async () => {
    const { workspace, asked } = heard();
    expect(workspace.calls.ringing.get()).toHaveLength(1);
    expect(await workspace.calls.accept(ring)).toBeNull();
    expect(workspace.calls.ringing.get()).toEqual([]);
    expect(asked('calls.open')).toMatchObject([{ salonId: CRECHES }]);
    expect(workspace.calls.log.calls.get()).toMatchObject([{ kind: 'answered', fresh: false }]);
  });

  it('stops when it was put off, and the caller sees it', () => {
    const { stage, workspace, ran } = heard();
    workspace.calls.decline(ring);
    stage.chat.tell({ type: 'ringing', snapshot: [ring] });
    expect(workspace.calls.ringing.get()).toEqual([]);
    expect(ran('declineCall')).toEqual([{ salonId: CRECHES, ringId: '$ring1' }]);
  });

  it('is missed when it ends by itself, and no news any more once looked at', () => {
    const { stage, workspace } = heard();
    stage.chat.tell({ type: 'ringing', snapshot: [] });
    expect(workspace.calls.log.calls.get()).toMatchObject([{ kind: 'missed', fresh: true }]);
    workspace.calls.log.seen();
    expect(workspace.calls.log.calls.get()).toMatchObject([{ kind: 'missed', fresh: false }]);
  });
});
