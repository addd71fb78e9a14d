import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conferenceAddress, readAddress } from './address.ts';

describe('the address of a conference', () => {
  test('has the token and language in the query and the rest in the fragment, as Jitsi Meet has', () => {
    const address = conferenceAddress('localhost:8443', 2, {
      roomName: 'JitsiAbc',
      jwt: 'a.b.c',
      lang: 'fr',
      configOverwrite: { toolbarButtons: [], prejoinConfig: { enabled: false } },
      userInfo: { displayName: 'Inès' },
    });
    expect(address).toBe(
      'https://localhost:8443/JitsiAbc?jwt=a.b.c&lang=fr#jitsi_meet_external_api_id=2&config.toolbarButtons=%5B%5D' +
        '&config.prejoinConfig=%7B%22enabled%22%3Afalse%7D&userInfo.displayName=%22In%C3%A8s%22',
    );
  });

  test('gives back every option that was put in', () => {
    const names = fc
      .string({ minLength: 1, unit: 'binary' })
      .filter((name) => name.isWellFormed() && !/^\.{1,2}$/.test(name));
    const config = fc.dictionary(
      fc.stringMatching(/^[a-zA-Z]{1,12}$/),
      fc.jsonValue({ noUnicodeString: false }),
    );
    fc.assert(
      fc.property(names, config, fc.string(), fc.nat(99), (roomName, configOverwrite, displayName, frame) => {
        const read = readAddress(
          conferenceAddress('meet.example', frame, { roomName, configOverwrite, userInfo: { displayName } }),
        );
        expect(read).toMatchObject({ room: roomName, frame, displayName });
        expect(JSON.stringify(read.config)).toBe(JSON.stringify({ ...configOverwrite }));
      }),
    );
  });

  test('is one of a page alone, in English, when nothing else is said', () => {
    expect(readAddress('https://meet.example/Reunion')).toEqual({
      room: 'Reunion',
      frame: undefined,
      config: {},
      displayName: '',
      jwt: undefined,
      lang: 'en',
    });
  });
});
