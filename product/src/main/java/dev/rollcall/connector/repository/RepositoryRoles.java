package dev.rollcall.connector.repository;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.spi.RoleCatalog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The roles of the identity repository, for all instances. */
public final class RepositoryRoles implements RoleCatalog {

  private final JdbcClient jdbc;
  private final Clock clock;

  public RepositoryRoles(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public Seeded seed(List<Role> roles) {
    RoleLock.forSeeding(jdbc);
    int created =
        jdbc.sql(
                """
                insert into role (name, description, created_at, created_by)
                select n.name, n.description, :now, 'seed'
                from unnest(:names::text[], :descriptions::text[]) as n (name, description)
                order by n.name
                on conflict on constraint role_name_once do nothing
                """)
            .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
            .param("names", SqlArrays.texts(roles, Role::name))
            .param("descriptions", SqlArrays.texts(roles, Role::description))
            .update();
    jdbc.sql(
            """
            update role r set description = n.description
            from unnest(:names::text[], :descriptions::text[]) as n (name, description)
            where r.name = n.name and r.description is distinct from n.description
              and n.description is not null
            """)
        .param("names", SqlArrays.texts(roles, Role::name))
        .param("descriptions", SqlArrays.texts(roles, Role::description))
        .update();
    return new Seeded(created, roles.size() - created);
  }

  @Override
  public List<String> waiting(Collection<String> roles) {
    return jdbc.sql(
            """
            select distinct i.id
            from role r
              join identity_affiliation a on a.code = r.name and a.enabled
              join identity i on i.id = a.identity and i.status = 'ENABLED'
            where r.name = any(:names::text[])
              and not exists (
                select 1 from identity_role h where h.identity = i.id and h.role = r.id)
            order by i.id
            """)
        .param("names", SqlArrays.texts(roles, name -> name))
        .query((row, number) -> row.getString(1))
        .list();
  }

  @Override
  public List<Known> list() {
    return jdbc.sql(
            """
            select r.name, r.description, r.created_by, r.created_at, count(h.identity) as holders
            from role r left join identity_role h on h.role = r.id
            group by r.id order by r.name
            """)
        .query(RepositoryRoles::known)
        .list();
  }

  private static Known known(ResultSet row, int number) throws SQLException {
    return new Known(
        row.getString("name"),
        row.getString("description"),
        row.getString("created_by"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("holders"));
  }
}
