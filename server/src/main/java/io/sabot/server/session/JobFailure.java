package io.sabot.server.session;

import io.sabot.parser.error.SabotException;

/**
 * A job that ended with an error.
 *
 * @param job its name
 * @param sql the statement that started it, the text that the error's span counts in
 */
public record JobFailure(String job, String sql, SabotException cause) {}
