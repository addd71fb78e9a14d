import { createHmac } from 'node:crypto';

/** A user to make. */
export interface NewUser {
  name: string;
  password: string;
  displayName: string;
  admin?: boolean;
}

/**
 * Makes a user through Synapse's administrator API (shared-secret registration: a nonce, then an HMAC-SHA1
 * over its fields). A user of that name that is there is left as it is.
 */
export async function registerUser(url: string, secret: string, user: NewUser): Promise<void> {
  const address = `${url}/_synapse/admin/v1/register`;
  const { nonce }: { nonce: string } = await (await fetch(address)).json();
  const role = user.admin ? 'admin' : 'notadmin';
  const fields = [nonce, user.name, user.password, role].join('\0');
  const mac = createHmac('sha1', secret).update(fields).digest('hex');
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      nonce,
      mac,
      username: user.name,
      displayname: user.displayName,
      password: user.password,
      admin: user.admin ?? false,
    }),
  });
  if (answer.ok) return;
  const problem: { errcode?: string; error?: string } = await answer.json();
  if (problem.errcode !== 'M_USER_IN_USE')
    throw new Error(`Synapse did not make the user ${user.name}: ${problem.error ?? answer.status}`);
}
