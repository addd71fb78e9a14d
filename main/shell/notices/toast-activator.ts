import { createHash } from 'node:crypto';

/**
 * The class id by which Windows wakes the program when somebody uses one of its toasts: the same at every start, for toasts
 * outlive a run, and another for each brand. Made of the application's id as a name-based UUID (RFC 9562, version 5, in
 * the name space of domain names).
 */
export function toastActivator(applicationId: string): string {
  const nameSpace = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex');
  const bytes = createHash('sha1').update(nameSpace).update(applicationId).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex').toUpperCase();
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `{${parts.join('-')}}`;
}
