/**
 * What formats share whose records have named fields: which fields a scan wants, how one record becomes one row, and
 * columns with what is nested in them for encoders.
 *
 * <p>Start at {@link io.sabot.connectors.record.RowDecoder}. The formats themselves live in packages of their own and do
 * not know each other.
 */
@NullMarked
package io.sabot.connectors.record;

import org.jspecify.annotations.NullMarked;
