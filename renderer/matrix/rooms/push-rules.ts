import { z } from 'zod';
import type { Content } from '../events/event.ts';

/** What a rule asks for. */
export interface PushDecision {
  readonly notify: boolean;
  readonly highlight: boolean;
}

/** An event as the rules see it, after decryption. */
export interface PushCandidate {
  readonly roomId: string;
  readonly sender: string;
  readonly type: string;
  readonly stateKey: string | null;
  readonly content: Content;
}

/** What the rules may ask about the room. */
export interface PushContext {
  readonly ownId: string;
  readonly ownName: string;
  readonly memberCount: number;
  /** Whether the sender may notify the whole room. */
  readonly mayNotifyRoom: boolean;
}

const Condition = z.looseObject({ kind: z.string() });
const Rule = z.object({
  rule_id: z.string(),
  enabled: z.boolean().catch(true),
  actions: z.array(z.unknown()).catch([]),
  conditions: z.array(Condition).optional().catch(undefined),
  pattern: z.string().optional().catch(undefined),
});
const rules = z
  .array(z.unknown())
  .catch([])
  .transform((list) =>
    list.flatMap((raw) => {
      const parsed = Rule.safeParse(raw);
      return parsed.success ? [parsed.data] : [];
    }),
  );
const RuleSet = z.object({
  global: z.object({ override: rules, content: rules, room: rules, sender: rules, underride: rules }),
});

type Rule = z.infer<typeof Rule>;
type Condition = z.infer<typeof Condition>;

/** The account's rules (account data `m.push_rules`), evaluated in the order of the specification (Push rules). */
export type PushRules = z.infer<typeof RuleSet>;

/** @returns null when the account data is malformed: then every message of someone else counts. */
export function parsePushRules(content: Content): PushRules | null {
  const parsed = RuleSet.safeParse(content);
  return parsed.success ? parsed.data : null;
}

/** Whether an event of someone else notifies, and whether loudly. Unknown conditions never match. */
export function evaluate(set: PushRules | null, event: PushCandidate, context: PushContext): PushDecision {
  if (event.sender === context.ownId) return { notify: false, highlight: false };
  if (set === null) return { notify: event.type === 'm.room.message', highlight: false };
  const { override, content, room, sender, underride } = set.global;
  const hit =
    override.find(applies) ??
    content.find((rule) => rule.enabled && matchesBody(rule.pattern, event)) ??
    room.find((rule) => rule.enabled && rule.rule_id === event.roomId) ??
    sender.find((rule) => rule.enabled && rule.rule_id === event.sender) ??
    underride.find(applies);
  return hit === undefined ? { notify: false, highlight: false } : decisionOf(hit);

  function applies(rule: Rule): boolean {
    return rule.enabled && (rule.conditions ?? []).every((condition) => matches(condition, event, context));
  }
}

const Highlight = z.object({ set_tweak: z.literal('highlight'), value: z.boolean().optional() });

function decisionOf(rule: Rule): PushDecision {
  const highlight = rule.actions.some((action) => {
    const tweak = Highlight.safeParse(action);
    return tweak.success && tweak.data.value !== false;
  });
  return { notify: rule.actions.includes('notify'), highlight };
}

function matches(condition: Condition, event: PushCandidate, context: PushContext): boolean {
  const { key, pattern, value, is } = condition;
  switch (condition.kind) {
    case 'event_match': {
      const found = typeof key === 'string' ? valueAt(event, key) : undefined;
      return (
        typeof found === 'string' &&
        typeof pattern === 'string' &&
        glob(pattern, key === 'content.body').test(found)
      );
    }
    case 'event_property_is':
      return typeof key === 'string' && value !== undefined && valueAt(event, key) === value;
    case 'event_property_contains': {
      const found = typeof key === 'string' ? valueAt(event, key) : undefined;
      return Array.isArray(found) && found.includes(value);
    }
    case 'contains_display_name':
      return matchesBody(escapeGlob(context.ownName), event);
    case 'room_member_count':
      return typeof is === 'string' && countMatches(is, context.memberCount);
    case 'sender_notification_permission':
      return key === 'room' && context.mayNotifyRoom;
    default:
      return false;
  }
}

function matchesBody(pattern: string | undefined, event: PushCandidate): boolean {
  const { body } = event.content;
  return (
    pattern !== undefined && pattern !== '' && typeof body === 'string' && glob(pattern, true).test(body)
  );
}

/** The value at a dotted path; a dot or backslash in a part is escaped by a backslash. */
function valueAt(event: PushCandidate, path: string): unknown {
  const fields: Readonly<Record<string, unknown>> = {
    type: event.type,
    room_id: event.roomId,
    sender: event.sender,
    content: event.content,
    ...(event.stateKey === null ? {} : { state_key: event.stateKey }),
  };
  const parts = (path.match(/(?:\\[.\\]|[^.])+/g) ?? []).map((part) => part.replaceAll(/\\([.\\])/g, '$1'));
  return parts.reduce<unknown>((at, part) => {
    return typeof at === 'object' && at !== null && Object.hasOwn(at, part)
      ? Reflect.get(at, part)
      : undefined;
  }, fields);
}

function escapeGlob(text: string): string {
  return text.replaceAll(/[*?]/g, '?');
}

/** `*` and `?` stand for any characters and any character; in bodies the match is a whole word. */
function glob(pattern: string, word: boolean): RegExp {
  const source = pattern
    .slice(0, 500)
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\*+/g, '.*?')
    .replaceAll('?', '.');
  return word
    ? new RegExp(`(?:^|[^\\p{L}\\p{N}_])${source}(?:$|[^\\p{L}\\p{N}_])`, 'isu')
    : new RegExp(`^${source}$`, 'isu');
}

function countMatches(is: string, count: number): boolean {
  const parts = /^(==|<=|>=|<|>)?(\d{1,9})$/.exec(is);
  if (!parts) return false;
  const bound = Number(parts[2]);
  switch (parts[1] ?? '==') {
    case '<':
      return count < bound;
    case '>':
      return count > bound;
    case '<=':
      return count <= bound;
    case '>=':
      return count >= bound;
    default:
      return count === bound;
  }
}
