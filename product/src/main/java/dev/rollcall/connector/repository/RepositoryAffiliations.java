package dev.rollcall.connector.repository;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Affiliation;
import dev.rollcall.model.Change;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Application;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Writes the affiliations of identities, a claim of people at a time. */
final class RepositoryAffiliations {

  private final JdbcClient jdbc;
  private final JsonMapper json;

  RepositoryAffiliations(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  private record Put(String identity, HeldAffiliation held) {
    Affiliation affiliation() {
      return held.affiliation();
    }
  }

  /** A row whose first day becomes another. */
  private record Move(String identity, Affiliation row, @Nullable LocalDate to) {}

  /** Carries out the changes of affiliations; of two to one affiliation the last counts. */
  void apply(List<Application> applications, Map<SubjectKey, String> ids) {
    List<Move> moves = new ArrayList<>();
    Map<Object, Put> puts = new LinkedHashMap<>();
    for (Application application : applications) {
      String identity = ids.getOrDefault(application.subject(), "");
      for (Change change : application.changes()) {
        if (change instanceof Change.PutAffiliation(var before, var after, String _)) {
          Affiliation.Key key = after.affiliation().key();
          puts.put(List.of(identity, key), new Put(identity, after));
          if (before != null && !Objects.equals(before.affiliation().from(), key.from())) {
            moves.add(new Move(identity, before.affiliation(), key.from()));
          }
        }
      }
    }
    move(moves);
    put(puts.values());
  }

  private void move(List<Move> moves) {
    if (moves.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            update identity_affiliation a set from_date = n.moved
            from unnest(:ids::bigint[], :institutions::text[], :codes::text[], :froms::date[],
                :moved::date[])
              as n (identity, institution, code, from_date, moved)
            where a.identity = n.identity and a.institution = n.institution and a.code = n.code
              and a.from_date is not distinct from n.from_date
            """)
        .param("ids", SqlArrays.texts(moves, Move::identity))
        .param("institutions", SqlArrays.texts(moves, move -> move.row().institution()))
        .param("codes", SqlArrays.texts(moves, move -> move.row().code()))
        .param("froms", SqlArrays.texts(moves, move -> move.row().from()))
        .param("moved", SqlArrays.texts(moves, Move::to))
        .update();
  }

  private void put(Collection<Put> puts) {
    if (puts.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into identity_affiliation
              (identity, institution, code, from_date, to_date, status, description, enabled,
               more)
            select n.* from unnest(:ids::bigint[], :institutions::text[], :codes::text[],
              :froms::date[], :tos::date[], :statuses::text[], :descriptions::text[],
              :enabled::boolean[], :more::jsonb[]) as n (identity)
            join identity i on i.id = n.identity and i.id = any(:ids::bigint[])
            on conflict on constraint identity_affiliation_once do update
              set to_date = excluded.to_date, status = excluded.status,
                description = excluded.description, enabled = excluded.enabled,
                more = excluded.more
            """)
        .param("ids", SqlArrays.texts(puts, Put::identity))
        .param("institutions", SqlArrays.texts(puts, put -> put.affiliation().institution()))
        .param("codes", SqlArrays.texts(puts, put -> put.affiliation().code()))
        .param("froms", SqlArrays.texts(puts, put -> put.affiliation().from()))
        .param("tos", SqlArrays.texts(puts, put -> put.affiliation().to()))
        .param("statuses", SqlArrays.texts(puts, put -> put.affiliation().status()))
        .param("descriptions", SqlArrays.texts(puts, put -> put.affiliation().description()))
        .param("enabled", SqlArrays.texts(puts, put -> put.held().enabled()))
        .param(
            "more", SqlArrays.texts(puts, put -> json.writeValueAsString(put.affiliation().more())))
        .update();
  }
}
