import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Rig, rig } from '../../e2e/gallery/rig.ts';
import { karim } from '../../e2e/gallery/world/people.ts';
import { RUGBY } from '../../e2e/gallery/world/salons.ts';
import { item, longPast, text } from '../../e2e/gallery/world/timeline.ts';
import type { AnyError } from '../i18n/error-words.ts';
import { ConversationModel } from './conversation-model.ts';

const past = longPast(20, 'start');
let scene: Rig;
let model: ConversationModel;
let end: () => void;
let told: AnyError[];
let givenBack: string[];

beforeEach(() => {
  vi.useFakeTimers();
  scene = rig((stage) => stage.chat.world.timelines.set(RUGBY, past));
  const { chat, attention, navigation } = scene.workspace;
  navigation.openSalon(RUGBY);
  told = [];
  givenBack = [];
  model = new ConversationModel({
    salonId: RUGBY,
    chat,
    attention,
    hold: (text) => (kept) => void (kept || givenBack.push(text)),
    tell: (problem) => told.push(problem),
  });
  end = model.connect();
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

const attend = (focused: boolean) => scene.stage.main.emit('app', 'attention', { focused, visible: true });
const arrives = (words: string) => scene.stage.chat.add(RUGBY, item(karim, Date.now(), text(words)));

describe('what fails', () => {
  it('is told of when the person did it, not when older messages could not be had', async () => {
    const { failing } = scene.stage.chat.world;
    failing.set('loadOlder', 'offline');
    failing.set('react', 'refused');
    model.loadOlder();
    model.react('$1', '👍');
    await vi.waitFor(() => expect(told).toMatchObject([{ from: 'chat', error: { code: 'refused' } }]));
  });
});

describe('what could not be kept', () => {
  it('comes back to where it was written', async () => {
    scene.stage.chat.world.failing.set('sendText', 'unknown');
    await model.send('Une heure de travail', []);
    expect(givenBack).toEqual(['Une heure de travail']);
    scene.stage.chat.world.failing.delete('sendText');
    await model.send('Court', []);
    expect(givenBack).toHaveLength(1);
    expect(told).toHaveLength(1);
  });

  it('stays in its editor', async () => {
    model.editLast();
    const mine = past.items.findLast((each) => each.mine);
    if (!mine) throw new Error('the past has a message of one’s own');
    scene.stage.chat.world.failing.set('editText', 'unknown');
    await model.edit(mine, 'Mieux');
    expect(model.editing.get()).toBe(mine.key);
    scene.stage.chat.world.failing.delete('editText');
    await model.edit(mine, 'Mieux');
    expect(model.editing.get()).toBeNull();
  });
});

describe('reading', () => {
  it('marks as read what is in sight of someone who looks, once', () => {
    arrives('un');
    expect(scene.ran('markRead')).toHaveLength(1);
    scene.stage.chat.tellAll();
    expect(scene.ran('markRead')).toHaveLength(1);
  });

  it('marks nothing while the person looks elsewhere or further up', () => {
    attend(false);
    arrives('un');
    model.seeEnd(false);
    attend(true);
    expect(scene.ran('markRead')).toEqual([]);
    model.seeEnd(true);
    expect(scene.ran('markRead')).toHaveLength(1);
  });

  it('keeps the line "new" where the person looked away last, until they write', async () => {
    expect(model.newAfter.get()).toBe(past.readUpTo);
    attend(false);
    arrives('un');
    expect(model.newAfter.get()).toBe(past.readUpTo);
    await model.send('Merci', []);
    expect(model.newAfter.get()).toBeNull();
  });
});

describe('writing', () => {
  it('shows the others that one types, until a pause or the message', async () => {
    model.typed();
    model.typed();
    expect(scene.ran('setTyping')).toEqual([{ salonId: RUGBY, typing: true }]);
    vi.advanceTimersByTime(6000);
    expect(scene.ran('setTyping')).toHaveLength(2);
    model.typed();
    await model.send('voilà', []);
    expect(scene.ran('setTyping').at(-1)).toEqual({ salonId: RUGBY, typing: false });
  });

  it('edits the last message of one’s own', () => {
    model.editLast();
    const edited = past.items.findLast((each) => each.mine);
    expect(model.editing.get()).toBe(edited?.key);
  });

  it('leaves a message alone when nothing changed or nothing is left', async () => {
    const mine = past.items.findLast((each) => each.mine);
    if (mine?.content.kind !== 'text') throw new Error('the past has a message of one’s own');
    await model.edit(mine, mine.content.text);
    await model.edit(mine, '   ');
    expect(scene.ran('editText')).toEqual([]);
    await model.edit(mine, 'Autrement');
    expect(scene.ran('editText')).toMatchObject([{ eventId: mine.eventId, text: 'Autrement' }]);
  });

  it('changes a message once when Enter is pressed twice', async () => {
    const mine = past.items.findLast((each) => each.mine);
    if (!mine) throw new Error('the past has a message of one’s own');
    await Promise.all([model.edit(mine, 'Autrement'), model.edit(mine, 'Autrement')]);
    expect(scene.ran('editText')).toHaveLength(1);
    await model.edit(mine, 'Encore autrement');
    expect(scene.ran('editText')).toHaveLength(2);
  });

  it('stops typing and listening at its end', () => {
    model.typed();
    end();
    expect(scene.ran('setTyping').at(-1)).toEqual({ salonId: RUGBY, typing: false });
    const before = scene.ran('markRead').length;
    arrives('encore');
    expect(scene.ran('markRead')).toHaveLength(before);
  });
});
