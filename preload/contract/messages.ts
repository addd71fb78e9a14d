import { z } from 'zod';

/**
 * Every sentence main may ask the page to show when something went wrong: `<error code>.<what it is about>`.
 * The page's dictionaries have each of them in the namespace `errors` (`errors:unreachable.chat`); a test there checks it.
 */
export const MESSAGES = [
  'invalid.request',
  'forbidden.caller',
  'forbidden.link',
  'forbidden.link-host',
  'forbidden.setting',
  'forbidden.password',
  'forbidden.conference',
  'forbidden.path',
  'forbidden.nested-there',
  'forbidden.nested-here',
  'timeout.request',
  'timeout.chat',
  'timeout.files',
  'timeout.browser',
  'internal.unexpected',
  'cancelled.request',
  'not-signed-in.chat',
  'not-signed-in.files',
  'not-found.address',
  'not-found.files-server',
  'not-found.folder',
  'not-found.file',
  'not-found.online-only',
  'not-found.place',
  'not-found.service',
  'not-found.account',
  'not-found.download',
  'offline.network',
  'unreachable.chat',
  'unreachable.files',
  'unreachable.conference',
  'not-a-server.chat',
  'not-a-server.files',
  'not-a-server.conference',
  'certificate.chat',
  'certificate.files',
  'certificate.conference',
  'certificate.own',
  'wrong-password.chat',
  'refused.chat',
  'refused.files',
  'refused.person',
  'rate-limited.chat',
  'rate-limited.files',
  'maintenance.files',
  'quota.files',
  'disk-full.folder',
  'disk-full.place',
  'read-only.folder',
  'in-use.file',
  'in-use.not-online',
  'in-use.account',
  'in-use.call',
  'changed.file',
  'changed.proposal',
  'changed.guard',
  'name-not-allowed.file',
  'name-not-allowed.folder',
  'name-not-allowed.taken',
  'too-large.file',
  'unsupported.sign-in',
  'unsupported.insecure',
] as const;

/** Names one of the sentences. */
export type Message = (typeof MESSAGES)[number];

/** The sentence as the page's i18n looks it up. */
export const MessageKey = z.enum(MESSAGES.map((message) => `errors:${message}` as const));
export type MessageKey = z.infer<typeof MessageKey>;
