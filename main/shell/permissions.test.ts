import { describe, expect, it } from 'vitest';
import { isPermitted } from './permissions.ts';

const DOMAINS = ['visio.metropole.example', 'localhost:8443'];
const may = (partition: 'app' | 'call', permission: string, origin: string) =>
  isPermitted(partition, permission, origin, DOMAINS);

describe('permissions', () => {
  it.each(['media', 'notifications', 'display-capture', 'geolocation', 'hid', 'unknown', 'fileSystem'])(
    'the app page gets no %s',
    (permission) => {
      expect(may('app', permission, 'traboule://app/')).toBe(false);
    },
  );

  it('the app page may copy and reach servers of the own network', () => {
    expect(may('app', 'clipboard-sanitized-write', 'traboule://app/')).toBe(true);
    expect(may('app', 'local-network-access', 'traboule://app/index.html')).toBe(true);
    expect(may('app', 'clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    expect(may('app', 'clipboard-sanitized-write', 'traboule://app.evil/')).toBe(false);
  });

  it.each(['traboule://call/', 'https://visio.metropole.example/', 'https://localhost:8443/room'])(
    'a call page at %s gets camera, microphone and screen, no more',
    (origin) => {
      expect(may('call', 'media', origin)).toBe(true);
      expect(may('call', 'display-capture', origin)).toBe(true);
      expect(may('call', 'notifications', origin)).toBe(false);
      expect(may('call', 'geolocation', origin)).toBe(false);
    },
  );

  it.each([
    'https://visio.metropole.example.evil/',
    'http://visio.metropole.example/',
    'https://localhost:8444/',
    'traboule://app/',
    'about:blank',
    'null',
    '',
  ])('nothing else in the call partition gets the camera: %s', (origin) => {
    expect(may('call', 'media', origin)).toBe(false);
  });
});
