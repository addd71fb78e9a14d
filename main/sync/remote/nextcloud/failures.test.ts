import { expect, test } from 'vitest';
import { connectionFailure, failureOf, proxyFailure } from './failures.ts';

const answer = (status: number) => ({ status, header: () => undefined });

test.each([
  ['nginx', 400, '<html><head><title>400 No required SSL certificate was sent</title></head>'],
  ['nginx', 400, '<center><h1>400 Bad Request</h1></center><center>The SSL certificate error</center>'],
  ['nginx', 496, ''],
  ['Apache', 403, 'Reason: Cannot perform Post-Handshake Authentication.<br />'],
  ['IIS', 403, '<h2>HTTP Error 403.7 - Forbidden</h2><h3>requires a client certificate</h3>'],
])('%s says with %i that it wants a certificate', (_, status, body) => {
  expect(failureOf(answer(status), body, 'PROPFIND')).toMatchObject({ code: 'certificateWanted' });
});

test('other refusals have nothing to do with a certificate', () => {
  expect(failureOf(answer(400), '<s:message>certificate.pdf</s:message>', 'PUT')).toMatchObject({
    code: 'refused',
  });
  expect(failureOf(answer(403), '<s:message>certificate.pdf</s:message>', 'PUT')).toMatchObject({
    code: 'forbidden',
  });
});

test.each([
  'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  'ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED',
  'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
  'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
  'ERR_SSL_INVALID_LIBRARY_(0)',
])('the alert %s is a server that wants another certificate', (code) => {
  expect(connectionFailure(Object.assign(new Error('alert'), { code }), false)).toMatchObject({
    code: 'certificateWanted',
  });
});

test('other ends of a handshake are a server of another kind', () => {
  const error = Object.assign(new Error('alert'), { code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
  expect(connectionFailure(error, false)).toMatchObject({ code: 'notAServer' });
});

test('a proxy that wants a sign-in is no abort by the caller', () => {
  const { signal } = new AbortController();
  const refused = new Error('Proxy response (407) !== 200 when HTTP Tunneling');
  expect(proxyFailure(refused, signal)).toMatchObject({ code: 'proxyRefuses' });
  expect(proxyFailure(new DOMException('stopped', 'AbortError'), AbortSignal.abort())).toBeUndefined();
});
