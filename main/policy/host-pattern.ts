/**
 * Whether a host (with its port where it is not the usual one) is the one that an administrator wrote, or below it
 * (`*.metropole.example`).
 */
export function matchesHost(pattern: string, host: string): boolean {
  const [wanted, met] = [pattern.toLowerCase(), host.toLowerCase()];
  return wanted.startsWith('*.') ? met.endsWith(wanted.slice(1)) : met === wanted;
}
