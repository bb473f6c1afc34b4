package dev.rollcall.bench;

import dev.rollcall.db.Database;
import dev.rollcall.db.SqlArrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The yardstick: rows of the same width claimed and completed with the two statements any queue on
 * a database needs, in as many threads and as large a claim as the engine uses, and nothing else.
 */
final class RawClaimLoop {

  private final Database database;

  RawClaimLoop(Database database) {
    this.database = database;
  }

  /** Works this many rows and returns how many a second. */
  double rowsPerSecond(int rows, int claimSize, int threads) throws InterruptedException {
    database.jdbc().sql("drop table if exists bench_raw").update();
    database
        .jdbc()
        .sql(
            "create table bench_raw (id bigint generated always as identity primary key,"
                + " status text not null, payload text not null)")
        .update();
    database.jdbc().sql("create index on bench_raw (id) where status = 'NEW'").update();
    database
        .jdbc()
        .sql(
            "insert into bench_raw (status, payload)"
                + " select 'NEW', repeat('x', 100) from generate_series(1, :rows)")
        .param("rows", rows)
        .update();
    database.jdbc().sql("analyze bench_raw").update();
    AtomicInteger done = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(threads);
    long start = System.nanoTime();
    for (int i = 0; i < threads; i++) {
      Thread.ofPlatform()
          .start(() -> {
            try {
              for (List<Long> claim = claim(claimSize);
                  !claim.isEmpty();
                  claim = claim(claimSize)) {
                complete(claim);
                done.addAndGet(claim.size());
              }
            } finally {
              ended.countDown();
            }
          });
    }
    ended.await();
    double seconds = (System.nanoTime() - start) / 1e9;
    database.jdbc().sql("drop table bench_raw").update();
    return done.get() / seconds;
  }

  private List<Long> claim(int size) {
    return database
        .jdbc()
        .sql(
            "update bench_raw set status = 'QUE' where id in (select id from bench_raw"
                + " where status = 'NEW' order by id limit :size for update skip locked)"
                + " returning id")
        .param("size", size)
        .query((row, number) -> row.getLong(1))
        .list();
  }

  private void complete(List<Long> ids) {
    database
        .jdbc()
        .sql("update bench_raw set status = 'COMP' where id = any(:ids)")
        .param("ids", SqlArrays.numbers(ids))
        .update();
  }
}
