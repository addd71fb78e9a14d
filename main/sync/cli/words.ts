import type { Guard, NoticeCode, ProblemCode } from '../api.ts';
import type { ArgumentFault } from './arguments.ts';

/** All that the command line says, in one language. `{}` takes what is spoken of. */
export interface Words {
  readonly usage: string;
  readonly faults: Readonly<Record<Exclude<ArgumentFault['code'], 'help'>, string>>;
  readonly conflictLabel: string;
  readonly scanning: string;
  readonly actions: Readonly<
    Record<'upload' | 'download' | 'folder' | 'move' | 'remove' | 'evict' | 'resolve', string>
  >;
  readonly conflict: string;
  readonly notices: Readonly<Record<NoticeCode, string>>;
  readonly inSync: string;
  readonly withProblem: string;
  readonly withProblems: string;
  /** Between a name and what is said of it. */
  readonly colon: string;
  readonly guarded: string;
  readonly guardReasons: Readonly<Record<Guard['reason'], string>>;
  readonly signedOut: string;
  readonly retry: string;
  readonly left: string;
  readonly watching: string;
  readonly stopped: string;
  readonly problems: Readonly<Record<ProblemCode, string>>;
  readonly oneByte: string;
  readonly units: readonly [string, string, string, string];
  readonly decimal: string;
}

const english: Words = {
  usage:
    'Usage: npm run sync -- --url URL --user NAME --password-env VARIABLE --local FOLDER\n' +
    '         [--webdav] [--remote PATH] [--once | --watch] [--json] [--journal FILE]\n' +
    '         [--limit-up LIMIT] [--limit-down LIMIT] [--exclude-folder PATH]...\n' +
    '         [--max-size SIZE] [--client-certificate FILE [--client-key FILE]\n' +
    '         [--client-passphrase-file FILE]]\n' +
    '  --password-env VARIABLE  the environment variable that holds the (app) password\n' +
    '  --webdav                 any WebDAV server instead of Nextcloud\n' +
    '  --remote PATH            the folder on the server; / without it\n' +
    '  --once, --watch          one run (as without it), or until Ctrl-C\n' +
    '  --json                   each event as one line of JSON, at last {"type":"report"}\n' +
    '  --journal FILE           where the memory of earlier runs is kept\n' +
    '  --exclude-folder PATH    a folder to leave online only\n' +
    '  --max-size SIZE          leaves larger files out on both sides: 500MB, 1.5GB\n' +
    '  --client-certificate FILE  shown to a server that asks for one: PKCS#12, or PEM\n' +
    '  --client-key FILE          its key, when that is in another file\n' +
    '  --client-passphrase-file FILE  what the key is locked with, on the first line\n' +
    '  LIMIT                    500kB or 1.5MB a second, or a share of the line: 50%\n' +
    'A terminal shows a progress bar; a file or a pipe gets plain lines.\n' +
    'Exit codes: 0 in sync, 1 some items could not be synced, 2 wrong arguments,\n' +
    '            3 server unreachable or sign-in refused, 4 stopped before deleting',
  faults: {
    missing: '{} is missing.',
    unknown: '{}',
    badUrl: '{} is not a web address.',
    urlWithPassword: '{} holds a name or a password: give them with --user and --password-env.',
    badFolder: '{} is no folder below the synced one.',
    emptyVariable: 'The environment variable {} holds no password.',
    both: '{}: choose one of them.',
    badLimit: '{} is no limit.',
    badSize: '{} is not a size.',
  },
  conflictLabel: 'conflicting copy',
  scanning: 'Looking for changes…',
  actions: {
    upload: 'sent',
    download: 'received',
    folder: 'folder',
    move: 'moved',
    remove: 'removed',
    evict: 'now only online:',
    resolve: 'compared',
  },
  conflict: 'Both sides changed {}: your version is kept as',
  notices: {
    journalRebuilt: 'The memory of earlier runs was damaged: both sides are compared anew.',
    trashUnavailable: '{}: this disk has no trash, the file is in the folder .traboule-trash',
    recovered: '{}: a version that an interrupted run had left is kept beside the others',
    leftOutLink: '{}: symbolic links are not synced',
    leftOutSpecial: '{}: devices and pipes are not synced',
    leftOutTooLarge: '{}: larger than the limit, left out',
    leftOutByRules: '{}: left out by a rule that the program was given',
    leftOutByList: '{}: left out by .sync-exclude',
    restored: '{}: you may only read it on the server, so it was brought back',
  },
  inSync: 'Everything is in sync.',
  withProblem: 'One item could not be synced:',
  withProblems: '{} items could not be synced:',
  colon: ':',
  guarded: 'Stopped before deleting anything:',
  guardReasons: {
    manyDeletions: 'many files would be deleted',
    emptied: 'one side has lost all its files',
    localRootMissing: 'the local folder is gone',
    remoteRootMissing: 'the folder on the server is gone',
    localRootReplaced: 'the local folder is another one than before',
    remoteRootReplaced: 'the folder on the server is another one than before',
    accountChanged: 'the folder belongs to another account than before',
    serverRestored: 'the server was restored from a backup',
  },
  signedOut: 'The server refuses the name or the password.',
  retry: 'next try at {}',
  left: '{} left',
  watching: 'Watching for changes. Ctrl-C stops.',
  stopped: 'Stopped.',
  problems: {
    unreachable: 'the server does not answer',
    timedOut: 'the server takes too long to answer',
    maintenance: 'the server is under maintenance',
    notAServer: 'this address is not a Nextcloud server',
    badCertificate: 'the certificate of the server can’t be trusted',
    certificateWanted:
      'the server wants a certificate of yours: name one that it takes with --client-certificate',
    proxyRefuses: 'the proxy wants another sign-in than a name and password: have it let this server pass',
    signedOut: 'the server refuses the name or the password',
    serverUnavailable: 'the server can’t do it at the moment',
    journalInUse: 'this folder is already being synced by another program',
    journalTooNew: 'the journal was written by a newer version',
    locksNotOwn: 'a working folder of this program belongs to somebody else: have it removed, then try again',
    localFolderUnusable: 'the local folder can’t be used',
    driveSilent: 'the drive of the local folder does not answer',
    internal: 'internal error',
    locked: 'someone has locked the file on the server',
    quotaFull: 'no space left on the server',
    tooLarge: 'the file is too large for the server',
    forbidden: 'not allowed on the server',
    serverError: 'the server failed',
    nameRefusedByServer: 'the server does not take this name',
    nameNotHeldHere: 'this computer can’t have a file of this name',
    nameTooLong: 'the name is too long',
    caseClash: 'another name differs only in capitals',
    nameClash: 'two files have the same name in different spellings',
    nameTaken: 'something that is left out has the same name',
    notUnicode: 'the name is not valid text',
    listingFailed: 'the folder could not be listed',
    malformedAnswer: 'the server sent something that makes no sense',
    checksumMismatch: 'what arrived is not what the server announced',
    wrongLength: 'what arrived has the wrong length',
    interrupted: 'the transfer was interrupted',
    changing: 'the file is still being changed',
    diskFull: 'the disk is full',
    roomLimit: 'the folders take as much of this computer as they may',
    localReadOnly: 'the local folder can’t be written to',
    localUnreadable: 'it can’t be read on this computer',
    fileInUse: 'another program is using the file',
    localError: 'the disk of this computer failed',
  },
  oneByte: '1 byte',
  units: ['bytes', 'kB', 'MB', 'GB'],
  decimal: '.',
};

const french: Words = {
  usage:
    'Utilisation : npm run sync -- --url ADRESSE --user NOM --password-env VARIABLE --local DOSSIER\n' +
    '         [--webdav] [--remote CHEMIN] [--once | --watch] [--json] [--journal FICHIER]\n' +
    '         [--limit-up LIMITE] [--limit-down LIMITE] [--exclude-folder CHEMIN]...\n' +
    '         [--max-size TAILLE] [--client-certificate FICHIER [--client-key FICHIER]\n' +
    '         [--client-passphrase-file FICHIER]]\n' +
    '  --password-env VARIABLE  la variable d’environnement qui contient le mot de passe\n' +
    '  --webdav                 un serveur WebDAV quelconque au lieu de Nextcloud\n' +
    '  --remote CHEMIN          le dossier sur le serveur, / par défaut\n' +
    '  --once, --watch          un seul passage (par défaut), ou jusqu’à Ctrl-C\n' +
    '  --json                   chaque événement en une ligne JSON, enfin {"type":"report"}\n' +
    '  --journal FICHIER        où est gardée la mémoire des passages précédents\n' +
    '  --exclude-folder CHEMIN  un dossier à laisser en ligne seulement\n' +
    '  --max-size TAILLE        laisse de côté les fichiers plus gros : 500MB, 1.5GB\n' +
    '  --client-certificate FICHIER  montré au serveur qui le demande : PKCS#12 ou PEM\n' +
    '  --client-key FICHIER          sa clé, si elle est dans un autre fichier\n' +
    '  --client-passphrase-file FICHIER  ce qui protège la clé, sur la première ligne\n' +
    '  LIMITE                   500kB ou 1,5MB par seconde, ou une part de la ligne : 50%\n' +
    'Un terminal montre une barre d’avancement, un fichier ou un tube reçoit des lignes simples.\n' +
    'Codes de sortie : 0 à jour, 1 certains éléments n’ont pas pu l’être, 2 arguments incorrects,\n' +
    '                  3 serveur injoignable ou connexion refusée, 4 arrêt avant suppression',
  faults: {
    missing: 'Il manque {}.',
    unknown: '{}',
    badUrl: '{} n’est pas une adresse web.',
    urlWithPassword: '{} contient un nom ou un mot de passe : donnez-les avec --user et --password-env.',
    badFolder: '{} n’est pas un dossier à l’intérieur de celui qui est synchronisé.',
    emptyVariable: 'La variable d’environnement {} ne contient pas de mot de passe.',
    both: '{} : choisissez l’un des deux.',
    badLimit: '{} n’est pas une limite.',
    badSize: '{} n’est pas une taille.',
  },
  conflictLabel: 'copie en conflit',
  scanning: 'Recherche des changements…',
  actions: {
    upload: 'envoyé',
    download: 'reçu',
    folder: 'dossier',
    move: 'déplacé',
    remove: 'supprimé',
    evict: 'désormais en ligne seulement :',
    resolve: 'comparé',
  },
  conflict: '{} a changé des deux côtés : votre version est gardée sous',
  notices: {
    journalRebuilt: 'La mémoire des passages précédents était abîmée : les deux côtés sont comparés à neuf.',
    trashUnavailable: '{} : ce disque n’a pas de corbeille, le fichier est dans le dossier .traboule-trash',
    recovered: '{} : une version laissée par un passage interrompu est gardée à côté des autres',
    leftOutLink: '{} : les liens symboliques ne sont pas synchronisés',
    leftOutSpecial: '{} : les périphériques et les tubes ne sont pas synchronisés',
    leftOutTooLarge: '{} : plus gros que la limite, laissé de côté',
    leftOutByRules: '{} : laissé de côté par une règle donnée au programme',
    leftOutByList: '{} : laissé de côté par .sync-exclude',
    restored: '{} : vous n’avez que le droit de lecture sur le serveur, l’élément a été remis en place',
  },
  inSync: 'Tout est à jour.',
  withProblem: 'Un élément n’a pas pu être synchronisé :',
  withProblems: '{} éléments n’ont pas pu être synchronisés :',
  colon: ' :',
  guarded: 'Arrêt avant toute suppression :',
  guardReasons: {
    manyDeletions: 'de nombreux fichiers seraient supprimés',
    emptied: 'un des deux côtés a perdu tous ses fichiers',
    localRootMissing: 'le dossier local a disparu',
    remoteRootMissing: 'le dossier a disparu du serveur',
    localRootReplaced: 'le dossier local n’est plus le même',
    remoteRootReplaced: 'le dossier du serveur n’est plus le même',
    accountChanged: 'le dossier appartient à un autre compte qu’avant',
    serverRestored: 'le serveur a été restauré depuis une sauvegarde',
  },
  signedOut: 'Le serveur refuse le nom ou le mot de passe.',
  retry: 'nouvel essai à {}',
  left: 'encore {}',
  watching: 'En attente de changements. Ctrl-C pour arrêter.',
  stopped: 'Arrêté.',
  problems: {
    unreachable: 'le serveur ne répond pas',
    timedOut: 'le serveur met trop longtemps à répondre',
    maintenance: 'le serveur est en maintenance',
    notAServer: 'cette adresse n’est pas celle d’un serveur Nextcloud',
    badCertificate: 'le certificat du serveur n’est pas digne de confiance',
    certificateWanted:
      'le serveur veut votre certificat : indiquez-en un qu’il accepte avec --client-certificate',
    proxyRefuses: 'le proxy demande une autre identification : faites-lui laisser passer ce serveur',
    signedOut: 'le serveur refuse le nom ou le mot de passe',
    serverUnavailable: 'le serveur n’y arrive pas pour le moment',
    journalInUse: 'ce dossier est déjà synchronisé par un autre programme',
    journalTooNew: 'le journal vient d’une version plus récente',
    locksNotOwn:
      'un dossier de travail de ce programme est à quelqu’un d’autre : faites-le supprimer, puis réessayez',
    localFolderUnusable: 'le dossier local est inutilisable',
    driveSilent: 'le lecteur du dossier local ne répond pas',
    internal: 'erreur interne',
    locked: 'quelqu’un a verrouillé le fichier sur le serveur',
    quotaFull: 'il n’y a plus de place sur le serveur',
    tooLarge: 'le fichier est trop gros pour le serveur',
    forbidden: 'vous n’en avez pas le droit sur le serveur',
    serverError: 'le serveur a échoué',
    nameRefusedByServer: 'le serveur n’accepte pas ce nom',
    nameNotHeldHere: 'cet ordinateur ne peut pas avoir de fichier de ce nom',
    nameTooLong: 'le nom est trop long',
    caseClash: 'un autre nom ne diffère que par les majuscules',
    nameClash: 'deux fichiers ont le même nom, écrit de deux façons',
    nameTaken: 'un élément laissé de côté porte le même nom',
    notUnicode: 'le nom n’est pas un texte valide',
    listingFailed: 'le contenu du dossier n’a pas pu être lu',
    malformedAnswer: 'le serveur a répondu quelque chose d’incompréhensible',
    checksumMismatch: 'ce qui est arrivé n’est pas ce que le serveur annonçait',
    wrongLength: 'ce qui est arrivé n’a pas la bonne longueur',
    interrupted: 'le transfert a été interrompu',
    changing: 'le fichier est encore en train de changer',
    diskFull: 'le disque est plein',
    roomLimit: 'les dossiers occupent toute la place qui leur est permise sur cet ordinateur',
    localReadOnly: 'on ne peut pas écrire dans le dossier local',
    localUnreadable: 'cet ordinateur n’arrive pas à le lire',
    fileInUse: 'un autre programme utilise le fichier',
    localError: 'le disque de cet ordinateur a échoué',
  },
  oneByte: '1 octet',
  units: ['octets', 'ko', 'Mo', 'Go'],
  decimal: ',',
};

/** The words for a user, by the locale of the environment: French or English. */
export function wordsFor(environment: Readonly<Record<string, string | undefined>>): Words {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return locale.toLowerCase().startsWith('fr') ? french : english;
}

/** Puts what is spoken of into a sentence. */
export function say(sentence: string, about: string): string {
  return sentence.replace('{}', () => about);
}
