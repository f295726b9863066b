/**
 * The four kinds of changes at the edge of a query.
 *
 * <p>Operators know only signs; what a client, a view or a changelog sink sees is made by {@link
 * io.sabot.executor.changelog.ChangelogFold} once per epoch.
 */
@NullMarked
package io.sabot.executor.changelog;

import org.jspecify.annotations.NullMarked;
