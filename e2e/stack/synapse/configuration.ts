import { join } from 'node:path';
import type { OpenIdProvider } from '../openid/provider.ts';

/** What a Synapse of ours is configured with, beyond what never changes. */
export interface SynapseSettings {
  dataDir: string;
  serverName: string;
  port: number;
  /** For registering users through the administrator's API. */
  registrationSecret: string;
  /** For signing tokens and forms; kept with the data, so that sessions survive a restart. */
  tokenSecret: string;
  signingKeyPath: string;
  database: string;
  /** Added to the answer of /.well-known/matrix/client. */
  wellKnown: Record<string, unknown>;
  /** Files that register application services. */
  applicationServices: readonly string[];
  /** Who tells who somebody is in their browser, if anybody does. */
  openId?: OpenIdProvider;
}

const UNLIMITED = { per_second: 10_000, burst_count: 10_000 };

/** Every limit of Synapse that would slow tests down, raised. */
const RATE_LIMITS = {
  rc_message: UNLIMITED,
  rc_registration: UNLIMITED,
  rc_registration_token_validity: UNLIMITED,
  rc_login: { address: UNLIMITED, account: UNLIMITED, failed_attempts: UNLIMITED },
  rc_admin_redaction: UNLIMITED,
  rc_joins: { local: UNLIMITED, remote: UNLIMITED },
  rc_joins_per_room: UNLIMITED,
  rc_key_requests: UNLIMITED,
  rc_3pid_validation: UNLIMITED,
  rc_invites: { per_room: UNLIMITED, per_user: UNLIMITED, per_issuer: UNLIMITED },
  rc_third_party_invite: UNLIMITED,
  rc_media_create: UNLIMITED,
  rc_presence: { per_user: UNLIMITED },
  rc_delayed_event_mgmt: UNLIMITED,
  rc_room_creation: UNLIMITED,
  rc_reports: UNLIMITED,
  rc_user_directory: UNLIMITED,
  rc_profile: UNLIMITED,
};

/**
 * What a server does for others after each event, as if workers did it that are not there: for other servers, for
 * application services (the seeder has no address), for statistics. Without it a message costs a fifth less.
 */
const NOBODY_ELSE = {
  federation_sender_instances: [],
  notify_appservices_from_worker: 'nobody',
  stats: { enabled: false },
};

/** The content of homeserver.yaml, as JSON (which is YAML): a server on loopback that talks to no other. */
export function synapseConfiguration(settings: SynapseSettings): string {
  const { dataDir, port } = settings;
  const configuration = {
    server_name: settings.serverName,
    public_baseurl: `http://127.0.0.1:${port}/`,
    pid_file: join(dataDir, 'synapse.pid'),
    report_stats: false,
    signing_key_path: settings.signingKeyPath,
    media_store_path: join(dataDir, 'media'),
    listeners: [
      {
        port,
        type: 'http',
        tls: false,
        x_forwarded: false,
        bind_addresses: ['127.0.0.1'],
        resources: [{ names: ['client', 'openid'], compress: false }],
      },
    ],
    database: { name: 'sqlite3', args: { database: settings.database } },
    registration_shared_secret: settings.registrationSecret,
    macaroon_secret_key: settings.tokenSecret,
    form_secret: settings.tokenSecret,
    enable_registration: false,
    trusted_key_servers: [],
    suppress_key_server_warning: true,
    federation_domain_whitelist: [],
    url_preview_enabled: false,
    bcrypt_rounds: 4,
    max_upload_size: '100M',
    user_directory: { enabled: true, search_all_users: true },
    extra_well_known_client_content: settings.wellKnown,
    app_service_config_files: settings.applicationServices,
    ...NOBODY_ELSE,
    ...(settings.openId ? { oidc_providers: [identityProvider(settings.openId)] } : {}),
    ...RATE_LIMITS,
  };
  return JSON.stringify(configuration, null, 2);
}

/** A directory whose people have, or get, the account that is called as they are there. */
function identityProvider({ url, client }: OpenIdProvider): Record<string, unknown> {
  return {
    idp_id: 'agents',
    idp_name: 'Annuaire des agents',
    issuer: url,
    client_id: client.id,
    client_secret: client.secret,
    scopes: ['openid', 'profile'],
    skip_verification: true,
    allow_existing_users: true,
    user_mapping_provider: {
      config: {
        localpart_template: '{{ user.preferred_username }}',
        display_name_template: '{{ user.name }}',
      },
    },
  };
}
