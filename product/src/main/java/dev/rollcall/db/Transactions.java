package dev.rollcall.db;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Work in transactions. Spring's own template throws the failure of the rollback in place of what
 * went wrong; on a lost connection every rollback fails, and nobody could tell any more that the
 * connection was lost. Here the first failure is the one that is thrown. (For the same reason it is
 * not Spring's JdbcTransactionManager, which rolls back after a failed commit.)
 */
final class Transactions {
  private final PlatformTransactionManager manager;

  Transactions(DataSource dataSource) {
    this.manager = new DataSourceTransactionManager(dataSource);
  }

  <T extends @Nullable Object> T run(Supplier<T> work) {
    return run(work, TransactionDefinition.withDefaults());
  }

  /** Behind a savepoint of the transaction the thread is in. */
  <T extends @Nullable Object> T runNested(Supplier<T> work) {
    return run(work, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
  }

  private <T extends @Nullable Object> T run(Supplier<T> work, TransactionDefinition kind) {
    TransactionStatus transaction = manager.getTransaction(kind);
    T result;
    try {
      result = work.get();
    } catch (Throwable failure) {
      rollBack(transaction, failure);
      throw failure;
    }
    manager.commit(transaction);
    return result;
  }

  private void rollBack(TransactionStatus transaction, Throwable failure) {
    try {
      manager.rollback(transaction);
    } catch (TransactionException rollback) {
      // The server rolls back by itself what it has no connection to.
      failure.addSuppressed(rollback);
    }
  }
}
