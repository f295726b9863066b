/**
 * What connectors and formats offer, as data: option keys with types and defaults, metadata columns, abilities.
 *
 * <p>Options are checked here when an object is created, so that an unknown key or a bad value never reaches a running
 * job. The connectors themselves live in module {@code connectors}. Read {@link
 * io.sabot.catalog.connector.ConnectorDescriptor} first.
 */
@NullMarked
package io.sabot.catalog.connector;

import org.jspecify.annotations.NullMarked;
