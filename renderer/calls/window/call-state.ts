import type { CallState as Report } from '../../../preload/contract/calls.ts';
import { assertNever } from './assert-never.ts';
import type { ConferenceEvent, Device, DeviceTrouble, Problem } from './conference.ts';

/** Where a call is, from the click to the end. */
export type Stage =
  | { readonly name: 'connecting' }
  /** The conference's own page asks for something: it is shown. */
  | { readonly name: 'door' }
  | { readonly name: 'joined'; readonly since: number }
  | { readonly name: 'leaving' }
  | { readonly name: 'failed'; readonly problem: Problem };

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly handUp: boolean;
  readonly moderator: boolean;
}

/** What lies over the conference; one thing at a time. */
export type Pane = 'none' | 'people';

/** Everything the call window shows, as plain data. */
export interface CallState {
  readonly stage: Stage;
  readonly on: Readonly<Record<Device, boolean>>;
  readonly trouble: Readonly<Record<Device, DeviceTrouble | null>>;
  readonly sharing: boolean;
  readonly lobby: boolean;
  readonly me: string | null;
  /** This person first, then in the order of coming. */
  readonly people: readonly Person[];
  readonly speaker: string | null;
  /** Those who wait to be let in, the first to knock first. */
  readonly knocking: readonly { readonly id: string; readonly name: string }[];
  readonly pane: Pane;
  readonly compact: boolean;
}

/** What the person does that changes what is shown without the conference having a say. */
export type WindowEvent =
  | { readonly type: 'started'; readonly microphone: boolean; readonly camera: boolean }
  | { readonly type: 'device-wished'; readonly device: Device; readonly on: boolean }
  | { readonly type: 'trouble-dismissed' }
  | { readonly type: 'knock-answered'; readonly id: string }
  | { readonly type: 'lobby-set'; readonly on: boolean }
  | { readonly type: 'pane'; readonly pane: Pane }
  | { readonly type: 'compact'; readonly compact: boolean }
  | { readonly type: 'leaving' };

export type CallEvent = ConferenceEvent | WindowEvent;

const NO_TROUBLE = { microphone: null, camera: null } as const;

export const INITIAL: CallState = {
  stage: { name: 'connecting' },
  on: { microphone: true, camera: true },
  trouble: NO_TROUBLE,
  sharing: false,
  lobby: false,
  me: null,
  people: [],
  speaker: null,
  knocking: [],
  pane: 'none',
  compact: false,
};

/** The state after an event that came at `now` (ms since 1970). After the end only a new start changes anything. */
export function reduceCall(state: CallState, event: CallEvent, now: number): CallState {
  if (event.type === 'started') return started(state, event);
  if (hasEnded(state)) return state;
  switch (event.type) {
    case 'joined':
      return {
        ...state,
        stage: { name: 'joined', since: now },
        me: event.me,
        people: [newPerson(event.me, event.name)],
        speaker: null,
      };
    case 'door':
      return state.stage.name === 'connecting' ? { ...state, stage: { name: 'door' } } : state;
    case 'failed':
      return {
        ...state,
        stage: { name: 'failed', problem: event.problem },
        knocking: [],
        pane: 'none',
        sharing: false,
      };
    case 'closed':
    case 'leaving':
      return { ...state, stage: { name: 'leaving' }, knocking: [], pane: 'none' };
    case 'person-joined':
    case 'person-left':
    case 'person-renamed':
    case 'hand':
    case 'moderator':
    case 'speaker':
      return reducePeople(state, event);
    case 'device':
    case 'device-wished':
      return setDevice(state, event.device, event.on);
    case 'device-trouble':
      return {
        ...state,
        on: { ...state.on, [event.device]: false },
        trouble: { ...state.trouble, [event.device]: event.trouble },
      };
    case 'trouble-dismissed':
      return { ...state, trouble: NO_TROUBLE };
    case 'sharing':
      return { ...state, sharing: event.on };
    case 'knock':
    case 'knock-answered':
    case 'lobby-set':
      return reduceLobby(state, event);
    case 'pane':
      return { ...state, pane: event.pane };
    case 'compact':
      return { ...state, compact: event.compact, pane: 'none' };
    default:
      return assertNever(event);
  }
}

/** This person's own entry; null before joining. */
export function myself(state: CallState): Person | null {
  return state.people.find(({ id }) => id === state.me) ?? null;
}

/** What the app window is told of a state. */
export function reportOf(state: CallState): Report['phase'] {
  switch (state.stage.name) {
    case 'connecting':
      return { phase: 'joining' };
    case 'door':
      return { phase: 'lobby' };
    case 'joined': {
      const participants = state.people.map(({ id, name }) => ({ id, name }));
      return { phase: 'joined', since: state.stage.since, participants };
    }
    case 'leaving':
    case 'failed':
      return { phase: 'left' };
    default:
      return assertNever(state.stage);
  }
}

function started(state: CallState, wishes: { microphone: boolean; camera: boolean }): CallState {
  const { microphone, camera } = wishes;
  return { ...INITIAL, on: { microphone, camera }, compact: state.compact };
}

function hasEnded({ stage }: CallState): boolean {
  return stage.name === 'failed' || stage.name === 'leaving';
}

/** A device that works again has no trouble any more. */
function setDevice(state: CallState, device: Device, on: boolean): CallState {
  const trouble = on ? { ...state.trouble, [device]: null } : state.trouble;
  return { ...state, on: { ...state.on, [device]: on }, trouble };
}

type PeopleEvent = Extract<
  CallEvent,
  { type: 'person-joined' | 'person-left' | 'person-renamed' | 'hand' | 'moderator' | 'speaker' }
>;

function reducePeople(state: CallState, event: PeopleEvent): CallState {
  switch (event.type) {
    case 'person-joined': {
      const others = state.people.filter(({ id }) => id !== event.id);
      const knocking = state.knocking.filter(({ id }) => id !== event.id);
      return { ...state, people: [...others, newPerson(event.id, event.name)], knocking };
    }
    case 'person-left': {
      const people = state.people.filter(({ id }) => id !== event.id);
      return { ...state, people, speaker: state.speaker === event.id ? null : state.speaker };
    }
    case 'person-renamed':
      return changePerson(state, event.id, { name: event.name });
    case 'hand':
      return changePerson(state, event.id, { handUp: event.up });
    case 'moderator':
      return changePerson(state, event.id, { moderator: event.is });
    case 'speaker':
      return state.people.some(({ id }) => id === event.id) ? { ...state, speaker: event.id } : state;
    default:
      return assertNever(event);
  }
}

function reduceLobby(
  state: CallState,
  event: Extract<CallEvent, { type: 'knock' | 'knock-answered' | 'lobby-set' }>,
): CallState {
  switch (event.type) {
    case 'knock': {
      if (state.knocking.some(({ id }) => id === event.id)) return state;
      return { ...state, lobby: true, knocking: [...state.knocking, { id: event.id, name: event.name }] };
    }
    case 'knock-answered':
      return { ...state, knocking: state.knocking.filter(({ id }) => id !== event.id) };
    case 'lobby-set':
      return { ...state, lobby: event.on, knocking: event.on ? state.knocking : [] };
    default:
      return assertNever(event);
  }
}

function changePerson(state: CallState, id: string, change: Partial<Person>): CallState {
  const people = state.people.map((person) => (person.id === id ? { ...person, ...change } : person));
  return { ...state, people };
}

function newPerson(id: string, name: string): Person {
  return { id, name, handUp: false, moderator: false };
}
