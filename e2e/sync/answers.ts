import type { IncomingMessage, ServerResponse } from 'node:http';

/** One way in which a request ends that was not meant to end so. Nothing of it reaches the real server. */
export type Fault = (asked: IncomingMessage, response: ServerResponse) => void;

const xml = 'application/xml; charset=utf-8';
const page = '<html><head><title>Sign in</title></head><body>Welcome</body></html>';

/** As sabre names what went wrong (recorded: FACTS.md, section 0). */
function sabre(status: number, exception: string, message = '', headers: Record<string, string> = {}): Fault {
  const body =
    '<?xml version="1.0" encoding="utf-8"?>\n<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">\n' +
    `  <s:exception>${exception}</s:exception>\n  <s:message>${message}</s:message>\n</d:error>\n`;
  return answer(status, xml, body, headers);
}

/** As a front server or something in between answers. */
function html(status: number, headers: Record<string, string> = {}): Fault {
  return answer(status, 'text/html; charset=utf-8', page, headers);
}

function answer(status: number, type: string, body: string, headers: Record<string, string>): Fault {
  return (asked, response) => {
    // Front servers read what they refuse to its end, or the sender would see a broken connection.
    asked.resume();
    asked.once('end', () => {
      response.writeHead(status, { 'content-type': type, ...headers });
      response.end(status === 204 ? undefined : body);
    });
  };
}

const dav = (name: string): string => `Sabre\\DAV\\Exception\\${name}`;
const connector = (name: string): string => `OCA\\DAV\\Connector\\Sabre\\Exception\\${name}`;

/** Every answer of the facts that is none, by the name that the table knows it under. */
export const faults = {
  '400 bad request': sabre(400, dav('BadRequest'), 'The XML could not be read'),
  '400 invalid path': sabre(
    400,
    connector('InvalidPath'),
    'File name contains at least one invalid character',
  ),
  '400 short body': sabre(
    400,
    dav('BadRequest'),
    'Expected filesize of 1000 bytes but read 10 and wrote 0 bytes',
  ),
  '401': sabre(401, dav('NotAuthenticated'), 'No public access to this resource', {
    'www-authenticate': 'Basic realm="Nextcloud", charset="UTF-8"',
  }),
  '403 forbidden': sabre(403, dav('Forbidden')),
  '403 page of a firewall': html(403),
  '404': sabre(404, dav('NotFound'), 'File with name //x could not be located'),
  '405': sabre(405, dav('MethodNotAllowed'), 'The resource you tried to create already exists'),
  '409': sabre(409, dav('Conflict'), 'Parent node does not exist'),
  '412': sabre(412, dav('PreconditionFailed'), 'An If-Match header was specified'),
  '413': html(413),
  '415': sabre(415, dav('UnsupportedMediaType'), 'The request body must be empty'),
  '416': sabre(416, dav('RequestedRangeNotSatisfiable'), 'The start offset exceeded the size of the entity'),
  '423': sabre(423, connector('FileLocked'), '"x" is locked'),
  '429': html(429, { 'retry-after': '30' }),
  '500': sabre(500, 'Exception', 'Internal Server Error'),
  '500 page': html(500),
  '501': sabre(501, dav('NotImplemented'), 'There was no plugin in the system'),
  '502': html(502),
  '503 maintenance': sabre(
    503,
    'OCA\\DAV\\Exception\\ServerMaintenanceMode',
    'System is in maintenance mode.',
  ),
  '503 page in maintenance': html(503, { 'x-nextcloud-maintenance-mode': '1', 'retry-after': '120' }),
  '503': sabre(503, dav('ServiceUnavailable'), 'Service unavailable'),
  '503 account disabled': sabre(503, dav('ServiceUnavailable'), 'OC\\User\\LoginException: User disabled'),
  '503 storage away': sabre(
    503,
    'OCP\\Files\\StorageNotAvailableException',
    'Storage is temporarily not available',
  ),
  '504': html(504),
  '507': sabre(
    507,
    dav('InsufficientStorage'),
    'Insufficient space in /x, 400000 required, 204599 available',
  ),
  '200 page': html(200),
  '202 for anything': html(202),
  '204 for anything': html(204),
  '301': html(301, { location: 'https://elsewhere.example/' }),
  '302 to a sign-in': html(302, { location: '/login' }),
  'closed before an answer': (asked) => asked.socket.destroy(),
  'closed in mid-answer': (asked, response) => {
    asked.resume();
    response.writeHead(207, { 'content-type': xml, 'content-length': '5000' });
    response.write('<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"><d:response>');
    setImmediate(() => response.socket?.destroySoon());
  },
  'no answer': (asked) => asked.resume(),
  'no HTTP': (asked, response) => {
    asked.resume();
    response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n');
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names of an object of our own
export const faultNames = Object.keys(faults) as readonly FaultName[];
