import { isRemoteSession } from './remote-session.ts';

/** What tells whether motion is welcome. */
export interface EffectsFacts {
  readonly prefersReducedMotion: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Motion is left out where the person asked for that, and where the screen is elsewhere. */
export function wantsReducedEffects({ prefersReducedMotion, env }: EffectsFacts): boolean {
  return prefersReducedMotion || isRemoteSession(env);
}
