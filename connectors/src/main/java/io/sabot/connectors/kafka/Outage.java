package io.sabot.connectors.kafka;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that brokers are silent. A consumer tries again by itself, with growing pauses, and says nothing; a broker
 * that is there answers every fetch, also when it has no records.
 */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    static final long WARN_NANOS = 10_000_000_000L;

    private final String bootstrapServers;
    private final String topics;
    private final long timeoutNanos;
    private final LongAdder outages;
    private double answers = -1;
    private long silentNanos;
    private boolean warned;

    /** @param timeoutMillis how long silence may last; 0 for ever */
    Outage(String bootstrapServers, String topics, long timeoutMillis, LongAdder outages) {
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
        this.timeoutNanos = timeoutMillis == 0 ? Long.MAX_VALUE : timeoutMillis * 1_000_000;
        this.outages = outages;
    }

    /**
     * Notes a call of poll.
     *
     * @param answersNow how many fetches have been answered so far
     * @param waitedNanos how long it took
     */
    void polled(double answersNow, long waitedNanos) {
        if (answersNow != answers) {
            answers = answersNow;
            if (warned) {
                LOG.info(
                        "action=read topics={} servers={} result=resumed silent_ms={}",
                        topics,
                        bootstrapServers,
                        silentNanos / 1_000_000);
            }
            warned = false;
            silentNanos = 0;
            return;
        }
        silentNanos += waitedNanos;
        if (!warned && silentNanos >= Math.min(WARN_NANOS, timeoutNanos)) {
            warned = true;
            outages.increment();
            LOG.warn(
                    "action=read topics={} servers={} result=silent silent_ms={} note=\"trying again\"",
                    topics,
                    bootstrapServers,
                    silentNanos / 1_000_000);
        }
        if (silentNanos >= timeoutNanos) {
            throw SabotException.of(
                            ErrorCode.CONNECTION_LOST, "Kafka at " + bootstrapServers + " has stopped answering")
                    .why("no answer came for " + silentNanos / 1_000_000_000 + " s while reading " + topics)
                    .hint("is the broker still running? '" + KafkaOptions.OUTAGE_TIMEOUT
                            + "' says how long to try again, '0 s' for ever");
        }
    }
}
