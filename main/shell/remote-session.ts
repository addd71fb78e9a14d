type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether the screen is elsewhere, so that each frame is a picture sent. Windows names the session (`RDP-Tcp#3`, `ICA-…`
 * for Citrix; a console's is `Console`), and where a service started the program and named none, the computer that looks
 * at it (`CLIENTNAME`). On Linux xrdp, Citrix, X2Go, NoMachine and VNC name theirs; X11 forwarding leaves SSH's mark.
 */
export function isRemoteSession(env: Environment): boolean {
  const session = env['SESSIONNAME'] ?? '';
  if (session !== '') return /^(?:rdp|ica|31c5ce94259d4006a9e4)/i.test(session);
  const client = env['CLIENTNAME'] ?? '';
  if (client !== '' && client.toLowerCase() !== 'console') return true;
  return LINUX_MARKS.some((name) => Boolean(env[name])) || Boolean(env['SSH_CONNECTION'] && env['DISPLAY']);
}

const LINUX_MARKS = ['XRDP_SESSION', 'CITRIX_SESSION_ID', 'X2GO_SESSION', 'NXSESSIONID', 'VNCDESKTOP'];
