package io.sabot.server.job;

import java.util.HashMap;
import java.util.Map;

/**
 * What a job is made from: enough to plan it again in a later process.
 *
 * @param name unique in its engine
 * @param sql the statement, as it was written
 * @param catalog current catalog when it was started
 * @param database current database when it was started
 * @param settings session settings when it was started
 * @param continuous whether it has no end of its own
 */
public record JobDefinition(
        String name, String sql, String catalog, String database, Map<String, String> settings, boolean continuous) {
    public JobDefinition {
        settings = Map.copyOf(settings);
    }

    /** The same job with some settings changed. */
    JobDefinition with(Map<String, String> changed) {
        Map<String, String> merged = new HashMap<>(settings);
        merged.putAll(changed);
        return new JobDefinition(name, sql, catalog, database, merged, continuous);
    }
}
