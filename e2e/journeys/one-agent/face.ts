import sharp from 'sharp';
import { z } from 'zod';
import { PEOPLE, type PersonKey } from '../../stack/people.ts';

const Answer = z.object({
  access_token: z.string().optional(),
  user_id: z.string().optional(),
  content_uri: z.string().optional(),
});

/** Gives somebody a picture at the chat server, as they would have set it with another program. */
export async function giveFace(server: string, key: PersonKey): Promise<void> {
  const { name, password } = PEOPLE[key];
  const request = async (method: string, path: string, body: object | Buffer, token = '') => {
    const headers = { 'content-type': Buffer.isBuffer(body) ? 'image/png' : 'application/json' };
    const answer = await fetch(`${server}/_matrix/${path}`, {
      method,
      headers: { ...headers, ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
    });
    return Answer.parse(await answer.json());
  };
  const login = { type: 'm.login.password', identifier: { type: 'm.id.user', user: name }, password };
  const { access_token, user_id = '' } = await request('POST', 'client/v3/login', login);
  const face = sharp({ create: { width: 200, height: 120, channels: 3, background: '#c46f4e' } });
  const picture = await request('POST', 'media/v3/upload', await face.png().toBuffer(), access_token);
  const profile = `client/v3/profile/${encodeURIComponent(user_id)}/avatar_url`;
  await request('PUT', profile, { avatar_url: picture.content_uri }, access_token);
  await request('POST', 'client/v3/logout', {}, access_token);
}
