import { expect, test } from 'vitest';
import type { SalonDetails } from '../matrix/protocol.ts';
import { managersIn } from './use-ask-for-rights.ts';

test('rights are asked of the managers who are there, never of oneself', () => {
  const member = (name: string, rest: Partial<SalonDetails['members'][number]> = {}) => ({
    userId: `@${name.toLowerCase()}:m.example`,
    name,
    avatar: null,
    role: 'member' as const,
    membership: 'joined' as const,
    partnerOf: null,
    ...rest,
  });
  const details: SalonDetails = {
    salonId: '!s:m.example',
    members: [
      member('Nadia', { role: 'manager' }),
      member('Karim', { role: 'manager' }),
      member('Sophie'),
      member('Hugo', { role: 'manager', membership: 'invited' }),
    ],
    topic: '',
    may: { invite: false, write: true, call: true },
  };
  expect(managersIn(details, '@nadia:m.example')).toEqual(['Karim']);
  expect(managersIn(null, null)).toEqual([]);
});
