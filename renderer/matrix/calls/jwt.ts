import { z } from 'zod';
import { ChatError } from '../http/chat-error.ts';
import type { ChatHttp } from '../http/chat-http.ts';
import { encodeBase64Url } from '../media/base64.ts';

const OpenIdToken = z.object({ access_token: z.string(), matrix_server_name: z.string() });

/**
 * The token for conference servers with `openidtoken-jwt`: they ask the chat server whether the OpenID token inside
 * is this person's. The signature's secret is a fixed word (as in Element): nothing rests on it.
 * @throws ChatError
 */
export async function conferenceToken(
  http: ChatHttp,
  who: { readonly userId: string; readonly name: string; readonly roomId: string; readonly domain: string },
): Promise<string> {
  const path = `/_matrix/client/v3/user/${encodeURIComponent(who.userId)}/openid/request_token`;
  const token = OpenIdToken.safeParse(await http.json('POST', path, { body: {} }));
  if (!token.success) throw new ChatError('unknown', 'malformed OpenID token');
  const payload = {
    iss: who.domain,
    sub: who.domain,
    aud: `https://${who.domain}`,
    room: '*',
    context: {
      matrix: {
        token: token.data.access_token,
        room_id: who.roomId,
        server_name: token.data.matrix_server_name,
      },
      user: { name: who.name },
    },
  };
  return await sign(payload);
}

async function sign(payload: object): Promise<string> {
  const encode = (value: object): string => encodeBase64Url(new TextEncoder().encode(JSON.stringify(value)));
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`;
  const secret = new TextEncoder().encode('notused');
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text));
  return `${text}.${encodeBase64Url(new Uint8Array(signature))}`;
}
