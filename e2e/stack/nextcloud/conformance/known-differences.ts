/**
 * Where the stand-in answers otherwise than the recorded server, and why. Nothing a sync engine relies on may stand
 * here; an entry that no longer differs fails the test too.
 */
export const knownDifferences: Readonly<Record<string, string>> = {
  '03/73':
    'The recorded server had a memory cache that shows the old quota for five minutes; ours shows it at once, so that tests need not wait.',
  '03/74': 'The same cache in cloud/user: the quota set a moment before is not shown yet there.',
  '10/19': 'The words for broken XML are those of libxml; only its commonest two are repeated here.',
  '11/43': 'The same cache: what was just uploaded is not counted yet there.',
  '11/53': 'Principals (calendars, address books) are no part of what is played here.',
  '11/54':
    'A session cookie alone signs nobody in to DAV here: clients must not depend on cookies, and this way it shows when one does.',
  '05/47': 'No previews are made: pictures of files are not needed by anything under test.',
};
