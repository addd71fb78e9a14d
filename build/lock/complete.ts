// Completes package-lock.json: node build/lock/complete.ts
//
// A registry that mirrors packages for one kind of machine only makes npm leave the native parts for all other
// kinds out of the lock file, and then `npm ci` refuses it. This names them again, from what their packages ask
// for: name and version stand there, the kind of machine is in the name. Run it after adding a dependency.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

const FILE = join(import.meta.dirname, '../../package-lock.json');
const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'aix',
];
const PROCESSORS = [
  'arm64',
  'x64',
  'ia32',
  'arm',
  'ppc64',
  'riscv64',
  's390x',
  'loong64',
  'mips64el',
  'ppc',
  'wasm32',
];

/** The kind of machine that a package is for, read from its name; undefined when it is for no kind in particular. */
function machineOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> | undefined {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (cpu === 'wasm32') return { cpu: [cpu] };
  if (!os || !cpu) return undefined;
  const musl = words.some((word) => word.startsWith('musl'));
  const glibc = words.some((word) => word.startsWith('gnu'));
  return { os: [os], cpu: [cpu], ...(musl ? { libc: ['musl'] } : glibc ? { libc: ['glibc'] } : {}) };
}

const lock: { packages: Record<string, LockedPackage> } = JSON.parse(await readFile(FILE, 'utf8'));
const added: string[] = [];
const unclear: string[] = [];
for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
    if (places.some((place) => lock.packages[place])) continue;
    const machine = machineOf(name);
    if (!machine || !/^\d+\.\d+\.\d+/.test(version)) unclear.push(`${name}@${version}`);
    else {
      lock.packages[`node_modules/${name}`] = {
        version,
        ...machine,
        ...(dev ? { dev } : {}),
        optional: true,
      };
      added.push(name);
    }
  }
}
const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
await writeFile(FILE, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
console.log(
  `${added.length} native packages named, ${unclear.length} left as they are: ${unclear.join(', ')}`,
);
