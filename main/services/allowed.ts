import type { Service } from '../brand/schema.ts';

/** The services that the policy lets a person have, in the brand's order. `allowed` are ids; `*` stands for all. */
export function allowedServices<Known extends Pick<Service, 'id'>>(
  services: readonly Known[],
  allowed: readonly string[],
): Known[] {
  return services.filter(({ id }) => allowed.includes('*') || allowed.includes(id));
}
