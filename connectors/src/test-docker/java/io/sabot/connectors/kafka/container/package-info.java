/** Kafka in a container, for tests that are run with {@code -Dsabot.test.docker=true}; not compiled otherwise. */
@NullMarked
package io.sabot.connectors.kafka.container;

import org.jspecify.annotations.NullMarked;
