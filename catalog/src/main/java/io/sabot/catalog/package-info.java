/**
 * What exists: catalogs, databases, tables, streams, views and functions as data, kept as their normalised
 * {@code CREATE} statements.
 *
 * <p>A leaf: it knows no syntax (the text of expressions is kept as it is), no Calcite and no threads. What a connector or
 * a format offers is described in {@code catalog.connector}. Read {@link io.sabot.catalog.Table} and {@link
 * io.sabot.catalog.Catalogs} first. Calls may come from any session's thread.
 */
@NullMarked
package io.sabot.catalog;

import org.jspecify.annotations.NullMarked;
