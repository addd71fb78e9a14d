import { expect, it } from 'vitest';
import { usualValues } from '../policy/schema/table.ts';
import { proxySettings } from './proxy-settings.ts';

const values = usualValues();

it('leaves the way to the system unless the policy decides', () => {
  expect(proxySettings(values)).toEqual({ mode: 'system' });
  expect(proxySettings({ ...values, proxyMode: 'direct', proxyServer: 'p:1' })).toEqual({ mode: 'direct' });
});

it('takes a fixed proxy with its exceptions, or the file that names one', () => {
  const proxyBypass = ['*.metropole.example', '<-loopback>'];
  expect(
    proxySettings({ ...values, proxyMode: 'fixed', proxyServer: 'p.example:3128', proxyBypass }),
  ).toEqual({
    mode: 'fixed_servers',
    proxyRules: 'p.example:3128',
    proxyBypassRules: '*.metropole.example,<-loopback>',
  });
  const proxyPac = 'https://proxy.example/proxy.pac';
  expect(proxySettings({ ...values, proxyMode: 'pac', proxyPac })).toEqual({
    mode: 'pac_script',
    pacScript: proxyPac,
  });
});

it('does not go without a proxy when its address was forgotten', () => {
  expect(proxySettings({ ...values, proxyMode: 'fixed' })).toEqual({ mode: 'system' });
  expect(proxySettings({ ...values, proxyMode: 'pac' })).toEqual({ mode: 'system' });
});
