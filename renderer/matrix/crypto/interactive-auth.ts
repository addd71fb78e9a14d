import { z } from 'zod';
import { Approval } from '../../../preload/contract/accounts.ts';
import { ChatError } from '../http/chat-error.ts';

/** What a person answers the server with when it wants to be sure that it is they. */
export interface Proof {
  /** Their password, null where it is not known. */
  readonly password: string | null;
  /** The session of an approval that they gave in their browser, null without one. */
  readonly approved: string | null;
}

/** The server's question; a failed answer is the same question again (Client-Server API, User-interactive authentication). */
const Challenge = z.object({
  httpStatus: z.literal(401),
  data: z.object({
    session: z.string().optional(),
    flows: z.array(z.object({ stages: z.array(z.string()) })),
  }),
});
type Challenge = z.infer<typeof Challenge>['data'];

/** What is sent along with a request as an answer. */
type Auth = Readonly<Record<string, unknown>>;

/**
 * Answers the server's question with the approval or the password that there is, once each. Where it can be answered in the
 * browser that is asked for: whose account is kept elsewhere has no password here, or must not type it.
 * @returns what the SDK calls with the request. It throws ChatError `approval-needed` (with the approval to ask for),
 * `password-needed`, or `unsupported` when the server asks for something else.
 */
export function proving(userId: string, { password, approved }: Proof) {
  return async <T>(request: (auth: Auth | null) => Promise<T>): Promise<T> => {
    const asked = await attempt(request, approved === null ? null : { session: approved });
    if ('value' in asked) return asked.value;
    const session = asked.challenge.session === undefined ? {} : { session: asked.challenge.session };
    if (password === null || !asks(asked.challenge, 'm.login.password')) throw needed(asked);
    const identifier = { type: 'm.id.user', user: userId };
    const again = await attempt(request, { type: 'm.login.password', identifier, password, ...session });
    if ('value' in again) return again.value;
    throw needed(again);
  };
}

interface Refused {
  readonly challenge: Challenge;
  readonly cause: unknown;
}

async function attempt<T>(
  request: (auth: Auth | null) => Promise<T>,
  auth: Auth | null,
): Promise<{ readonly value: T } | Refused> {
  try {
    return { value: await request(auth) };
  } catch (cause) {
    const asked = Challenge.safeParse(cause);
    if (!asked.success) throw cause;
    return { challenge: asked.data.data, cause };
  }
}

function needed({ challenge, cause }: Refused): ChatError {
  const { session, flows } = challenge;
  for (const { stages } of flows) {
    const approval = Approval.safeParse({ stage: stages[0], session });
    if (stages.length === 1 && approval.success)
      return new ChatError('approval-needed', 'HTTP 401', { approval: approval.data, cause });
  }
  if (asks(challenge, 'm.login.password')) return new ChatError('password-needed', 'HTTP 401', { cause });
  return new ChatError('unsupported', 'HTTP 401 another way of authentication', { cause });
}

/** Whether this alone is enough. */
function asks({ flows }: Challenge, stage: string): boolean {
  return flows.some(({ stages }) => stages.length === 1 && stages[0] === stage);
}
