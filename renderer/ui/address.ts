/**
 * A Matrix id as people write addresses: `@camille:metropole.example` becomes `camille@metropole.example`. Anything else
 * stays as it is.
 */
export function addressOf(user: string): string {
  return user.replace(/^@([^@:]+):(.+)$/, '$1@$2');
}
