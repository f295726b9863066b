/** SQL over a real Kafka broker: from topic to topic, and through kills of the process that does it. */
@NullMarked
package io.sabot.sqltests.kafka;

import org.jspecify.annotations.NullMarked;
