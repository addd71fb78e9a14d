import { describe, expect, it } from 'vitest';
import { proxyTrial } from './proxy-trial.ts';

const credentials = { user: 'nadia', password: 'secret' };
const asks = (proxy: string) => {
  const { hostname: host, port } = new URL(`http://${proxy}`);
  return { isProxy: true, host, port: Number(port) };
};

describe('trying a password at a proxy', () => {
  it('gives it to that proxy once: asked again, it was refused', () => {
    const step = proxyTrial('proxy.example:3128', credentials);
    expect(step(asks('proxy.example:3128'))).toEqual({ do: 'give', credentials });
    expect(step(asks('proxy.example:3128'))).toEqual({ do: 'end', result: 'refused' });
  });

  it.each(['other.example:3128', 'proxy.example:8080'])('gives it to no other: %s', (other) => {
    const step = proxyTrial('proxy.example:3128', credentials);
    expect(step(asks(other))).toEqual({ do: 'end', result: 'unknown' });
  });

  it('gives it to no server behind the proxy', () => {
    const step = proxyTrial('proxy.example:3128', credentials);
    expect(step({ ...asks('proxy.example:3128'), isProxy: false })).toEqual({ do: 'go-on' });
    expect(step(asks('proxy.example:3128'))).toEqual({ do: 'give', credentials });
  });
});
