/** What tells whether motion is welcome. */
export interface EffectsFacts {
  readonly prefersReducedMotion: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Motion is left out where the person asked for that, and over a remote connection, where each frame is a picture sent:
 * Windows names the session (`RDP-Tcp#3`, `ICA-…` for Citrix), X11 forwarding leaves SSH's mark.
 */
export function wantsReducedEffects({ prefersReducedMotion, env }: EffectsFacts): boolean {
  const isRemote =
    /^(?:rdp|ica)-/i.test(env['SESSIONNAME'] ?? '') || Boolean(env['SSH_CONNECTION'] && env['DISPLAY']);
  return prefersReducedMotion || isRemote;
}
