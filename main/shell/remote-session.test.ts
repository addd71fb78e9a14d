import { expect, it } from 'vitest';
import { isRemoteSession } from './remote-session.ts';

it.each([
  [{ SESSIONNAME: 'RDP-Tcp#3', CLIENTNAME: 'PC-ANA' }, true],
  [{ SESSIONNAME: 'ICA-CGP-1' }, true],
  [{ SESSIONNAME: 'ica-tcp#0' }, true],
  // What Windows names a session of RDP over websockets and RemoteFX's.
  [{ SESSIONNAME: '31C5CE94259D4006A9E4#0' }, true],
  [{ CLIENTNAME: 'BORNE-12' }, true],
  [{ XRDP_SESSION: '1', DISPLAY: ':10' }, true],
  [{ CITRIX_SESSION_ID: '3' }, true],
  [{ X2GO_SESSION: 'ana-50-1700000000' }, true],
  [{ NXSESSIONID: 'F00' }, true],
  [{ VNCDESKTOP: 'host:1 (ana)' }, true],
  [{ SSH_CONNECTION: '1 2 3 4', DISPLAY: 'localhost:10.0' }, true],
  [{ SESSIONNAME: 'Console', CLIENTNAME: 'PC-ANA' }, false],
  [{ CLIENTNAME: 'Console' }, false],
  [{ SSH_CONNECTION: '1 2 3 4' }, false],
  [{ DISPLAY: ':0', XRDP_SESSION: '' }, false],
  [{}, false],
])('of %o: %s', (env: Record<string, string>, isRemote) => {
  expect(isRemoteSession(env)).toBe(isRemote);
});
