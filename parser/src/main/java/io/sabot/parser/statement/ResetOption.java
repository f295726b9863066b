package io.sabot.parser.statement;

import org.jspecify.annotations.Nullable;

/**
 * {@code RESET ['key']}.
 *
 * @param key null: all of them
 */
public record ResetOption(Source source, @Nullable Name key) implements Statement {}
