/**
 * The token a Jitsi with `openidtoken-jwt` asks for: a JWT signed with a secret that means nothing,
 * carrying a Matrix OpenID token under `context.matrix`, which the real server shows to the chat
 * server. The stand-in checks the shape only.
 */
import { z } from 'zod';

const Filled = z.string().min(1);
const Claims = z.object({
  room: z.string(),
  context: z.object({
    matrix: z.object({ token: Filled, room_id: Filled, server_name: Filled }),
  }),
});

/** Whether a page with this token may enter. */
export function tokenAllows(jwt: string | undefined): boolean {
  const parts = (jwt ?? '').split('.');
  if (parts.length !== 3) return false;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    return Claims.safeParse(claims).success;
  } catch {
    return false;
  }
}
