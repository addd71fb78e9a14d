import { contract, type DomainName } from '../../preload/contract/index.ts';
import { AppError } from './app-error.ts';

export function refuseAll(name: DomainName): object {
  return Object.fromEntries(
    Object.keys(contract[name].requests).map((request) => [
      request,
      () => {
        throw new AppError('not-signed-in.chat');
      },
    ]),
  );
}
