/** Stands where the name of a file stood. */
const REMOVED = '<file>';

/** A frame of a stack names the program's own files. */
const FRAME = /^\s*at\s.*:\d+:\d+\)?$/;

const START = String.raw`(?:file:\/\/|~[\\/]|[A-Za-z]:[\\/]|\\\\[^\\\s]|\/(?=[^\s/]))`;

const RULES: readonly (readonly [RegExp, string])[] = [
  // what the file server is asked for: the person's part of the address stays
  [/(\/remote\.php\/(?:dav\/[\w-]+\/[^/\s"'?]+|webdav))\/[^\s"'?]*/gi, `$1/${REMOVED}`],
  // named, in quotes or one word
  [
    /\b((?:[a-z]\w*)?(?:path|file|folder|place|target|from|to|name))=(?!\w*Error\b)("(?:[^"\\]|\\.)*"|[^\s"]\S*)/gi,
    `$1=${REMOVED}`,
  ],
  // a place in quotes, as the system's errors have it
  [new RegExp(String.raw`(["'\x60])${START}.*?\1`, 'g'), `$1${REMOVED}$1`],
  // a place by itself: nobody knows where its name ends, so the line ends here
  [new RegExp(String.raw`(^|[\s=(])${START}(?![/\s]).*$`, 'g'), `$1${REMOVED}`],
];

/** The text without the names of files and folders; frames of stacks stay, for they name the program's own. */
export function withoutFileNames(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      FRAME.test(line) ? line : RULES.reduce((clean, [rule, by]) => clean.replace(rule, by), line),
    )
    .join('\n');
}
