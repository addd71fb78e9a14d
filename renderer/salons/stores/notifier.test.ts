import { describe, expect, it } from 'vitest';
import { type Rig, rig } from '../../../e2e/gallery/rig.ts';
import { NOW } from '../../../e2e/gallery/world/people.ts';
import { CRECHES, conference, RUGBY } from '../../../e2e/gallery/world/salons.ts';
import type { Ringing } from '../../matrix/protocol.ts';

const ring: Ringing = {
  salonId: CRECHES,
  salonName: 'Crèches',
  callerName: 'Karim',
  conference,
  widgetId: 'w9',
  ringId: '$ring1',
  peopleThere: 0,
  until: NOW + 30_000,
};
const message = ({ stage }: Rig, salonId = CRECHES) =>
  stage.chat.tell({
    type: 'notable',
    snapshot: {
      salonId,
      salonName: 'Crèches',
      eventId: '$m1',
      senderName: 'Inès',
      line: { kind: 'text', mine: false, sender: 'Inès', text: 'Bonjour' },
      mention: false,
    },
  });
const away = ({ stage }: Rig) => stage.main.emit('app', 'attention', { focused: false, visible: true });

describe('a system notification', () => {
  it('tells of a message in a salon that is not in front', () => {
    const scene = rig();
    scene.workspace.navigation.openSalon(RUGBY);
    message(scene);
    expect(scene.asked('app.notify')).toMatchObject([
      { salonId: CRECHES, title: 'Crèches', body: 'Inès\u202f: Bonjour' },
    ]);
  });

  it('is not needed for what the person looks at', () => {
    const scene = rig();
    scene.workspace.navigation.openSalon(CRECHES);
    message(scene);
    expect(scene.asked('app.notify')).toEqual([]);
    away(scene);
    message(scene);
    expect(scene.asked('app.notify')).toHaveLength(1);
  });

  it.each([
    ['turned them off', { notifications: false }],
    ['do not want to be disturbed', { doNotDisturbUntil: NOW + 60_000 }],
  ])('stays away from those who %s', (_, values) => {
    const scene = rig((stage) => {
      stage.world.settings = {
        ...stage.world.settings,
        values: { ...stage.world.settings.values, ...values },
      };
    });
    away(scene);
    message(scene);
    scene.stage.chat.tell({ type: 'ringing', snapshot: [ring] });
    expect(scene.asked('app.notify')).toEqual([]);
  });

  it('rings while the window is not in front, once a call, and goes with it', () => {
    const scene = rig();
    scene.stage.chat.tell({ type: 'ringing', snapshot: [ring] });
    expect(scene.asked('app.notify')).toEqual([]);
    away(scene);
    away(scene);
    expect(scene.asked('app.notify')).toMatchObject([{ kind: 'ringing', title: 'Karim vous appelle' }]);
    scene.stage.chat.tell({ type: 'ringing', snapshot: [] });
    expect(scene.asked('app.closeNotification')).toHaveLength(1);
  });

  it('answers or puts off the call it rings for', () => {
    for (const action of ['accept', 'decline'] as const) {
      const scene = rig();
      away(scene);
      scene.stage.chat.tell({ type: 'ringing', snapshot: [ring] });
      expect(scene.asked('app.notify')).toMatchObject([{ id: 'ring $ring1' }]);
      const id = 'ring $ring1';
      scene.stage.main.emit('app', 'notificationUsed', { id, salonId: CRECHES, action });
      expect(scene.workspace.calls.log.calls.get()).toMatchObject([
        { kind: action === 'accept' ? 'answered' : 'declined' },
      ]);
      expect(scene.workspace.navigation.place.get().salonId).toBe(action === 'accept' ? CRECHES : null);
    }
  });
});

describe('the number on the taskbar', () => {
  it('is told when it changed, and only then', () => {
    const { stage, asked } = rig();
    expect(asked('app.setUnread')).toEqual([{ messages: 3, mentions: 1 }]);
    stage.chat.tellAll();
    expect(asked('app.setUnread')).toHaveLength(1);
    stage.chat.change(CRECHES, { unread: 0, mentions: 0 });
    expect(asked('app.setUnread').at(-1)).toEqual({ messages: 1, mentions: 0 });
  });
});
