/** The database: a data source, transactions, migrations, and the local PostgreSQL. */
@NullMarked
package dev.rollcall.db;

import org.jspecify.annotations.NullMarked;
