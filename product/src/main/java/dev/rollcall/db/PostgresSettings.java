package dev.rollcall.db;

import java.nio.file.Path;

/** The configuration of the local server. */
final class PostgresSettings {
  private PostgresSettings() {}

  /**
   * The text of {@code postgresql.conf}, written anew at each start, so that a newer Rollcall may
   * change it. What somebody sets with {@code ALTER SYSTEM} is kept elsewhere and wins.
   */
  static String text(int port, Path log) {
    return """
    # Written by Rollcall at each start. For settings of your own use ALTER SYSTEM.

    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    max_connections = 100
    password_encryption = 'scram-sha-256'
    tcp_keepalives_idle = 60

    # A commit that was answered is on disk.
    fsync = on
    synchronous_commit = on
    full_page_writes = on

    shared_buffers = 128MB
    max_wal_size = 2GB
    # In the data directory: containers keep /dev/shm small, and logind empties it at log-out.
    dynamic_shared_memory_type = 'mmap'

    # A process that hangs in a transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout = 30s

    # A file for each weekday, overwritten after a week. No statements, no values: they are personal
    # data.
    logging_collector = on
    log_directory = '%s'
    log_filename = 'postgres-%%a.log'
    log_rotation_age = 1d
    log_rotation_size = 0
    log_truncate_on_rotation = on
    log_file_mode = 0600
    log_line_prefix = '%%m [%%p] '
    log_min_error_statement = panic
    log_error_verbosity = terse
    log_checkpoints = off

    timezone = 'UTC'
    log_timezone = 'UTC'
    datestyle = 'iso, ymd'
    lc_messages = 'C'
    lc_monetary = 'C'
    lc_numeric = 'C'
    lc_time = 'C'
    default_text_search_config = 'pg_catalog.simple'
    """
        .formatted(port, log.toString().replace("'", "''"));
  }
}
