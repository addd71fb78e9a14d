import { expect, test } from 'vitest';
import { environmentProxy } from './environment-proxy.ts';

const proxy = 'http://proxy:3128';

test.each([
  ['https://cloud.example/', { HTTPS_PROXY: proxy }, proxy],
  ['https://cloud.example/', { https_proxy: proxy }, proxy],
  ['https://cloud.example/', { HTTP_PROXY: proxy }, undefined],
  ['http://cloud.example/', { http_proxy: proxy }, proxy],
  ['https://cloud.example/', { HTTPS_PROXY: proxy, NO_PROXY: 'other, example' }, undefined],
  ['https://cloud.example/', { HTTPS_PROXY: proxy, NO_PROXY: '.cloud.example' }, undefined],
  ['https://mycloud.example/', { HTTPS_PROXY: proxy, NO_PROXY: 'cloud.example' }, proxy],
  ['https://cloud.example/', { HTTPS_PROXY: proxy, no_proxy: '*' }, undefined],
  ['https://cloud.example/', { HTTPS_PROXY: '' }, undefined],
  ['https://cloud.example/', { HTTPS_PROXY: 'proxy:3128' }, proxy],
  ['https://cloud.example/', { HTTPS_PROXY: 'proxy:no port' }, undefined],
  ['https://cloud.example/', { HTTPS_PROXY: 'socks5://proxy:1080' }, undefined],
  ['https://cloud.example/', {}, undefined],
] satisfies [string, Record<string, string>, string | undefined][])(
  '%s with %j',
  (url, environment, expected) => {
    expect(environmentProxy(url, environment)).toBe(expected);
  },
);
