import { describe, expect, it, vi } from 'vitest';
import { type Rig, rig } from '../../../e2e/gallery/rig.ts';
import { NOW } from '../../../e2e/gallery/world/people.ts';
import { CRECHES, conference, RUGBY } from '../../../e2e/gallery/world/salons.ts';
import type { NotificationUse } from '../../../preload/contract/app.ts';
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
/** Somebody uses a notification, and the page has heard of it. */
async function use(scene: Rig, id: string, use: NotificationUse) {
  scene.stage.overrides.app = { takeNotificationUses: () => [{ id, salonId: CRECHES, use }] };
  const before = scene.asked('app.takeNotificationUses').length;
  scene.stage.main.emit('app', 'notificationUsed', undefined);
  await vi.waitFor(() => expect(scene.asked('app.takeNotificationUses')).toHaveLength(before + 1));
}
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

  it('answers or puts off the call it rings for', async () => {
    for (const kind of ['accept', 'decline'] as const) {
      const scene = rig();
      away(scene);
      scene.stage.chat.tell({ type: 'ringing', snapshot: [ring] });
      expect(scene.asked('app.notify')).toMatchObject([{ id: 'ring $ring1' }]);
      await use(scene, 'ring $ring1', { kind });
      await vi.waitFor(() =>
        expect(scene.workspace.calls.log.calls.get()).toMatchObject([
          { kind: kind === 'accept' ? 'answered' : 'declined' },
        ]),
      );
      expect(scene.workspace.navigation.place.get().salonId).toBe(kind === 'accept' ? CRECHES : null);
    }
  });

  it('starts no other call when the one it rang for is over', async () => {
    const scene = rig();
    away(scene);
    scene.stage.chat.tell({ type: 'ringing', snapshot: [ring] });
    scene.stage.chat.tell({ type: 'ringing', snapshot: [] });
    await use(scene, 'ring $ring1', { kind: 'accept' });
    await vi.waitFor(() => expect(scene.workspace.navigation.place.get().salonId).toBe(CRECHES));
    expect(scene.asked('calls.open')).toEqual([]);
    await use(scene, 'ring $ring1', { kind: 'decline' });
    expect(scene.ran('declineCall')).toEqual([]);
  });

  it('sends what was written in it, and takes its salon for read', async () => {
    const scene = rig();
    scene.workspace.navigation.openSalon(RUGBY);
    await use(scene, '$m1', { kind: 'reply', text: ' Oui, à 14 h \n' });
    await vi.waitFor(() => expect(scene.ran('markRead')).toEqual([{ salonId: CRECHES }]));
    expect(scene.ran('sendText')).toEqual([{ salonId: CRECHES, text: 'Oui, à 14 h', mentions: [] }]);
    expect(scene.workspace.navigation.place.get().salonId).toBe(RUGBY);
  });

  it('gives words back as a draft when they could not be kept', async () => {
    const scene = rig((stage) => {
      stage.chat.world.failing.set('sendText', 'offline');
    });
    await use(scene, '$m1', { kind: 'reply', text: 'Oui' });
    await vi.waitFor(() => expect(scene.workspace.navigation.place.get().salonId).toBe(CRECHES));
    expect(await scene.workspace.drafts.read(CRECHES)).toBe('Oui');
  });

  it('goes when its message was read elsewhere', () => {
    const scene = rig();
    away(scene);
    scene.stage.chat.change(CRECHES, { unread: 0 });
    message(scene);
    message(scene, RUGBY);
    expect(scene.asked('app.closeNotification')).toEqual([]);
    scene.stage.chat.change(CRECHES, { unread: 1 });
    expect(scene.asked('app.closeNotification')).toEqual([]);
    scene.stage.chat.change(CRECHES, { unread: 0 });
    expect(scene.asked('app.closeNotification')).toEqual([{ id: '$m1' }]);
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
