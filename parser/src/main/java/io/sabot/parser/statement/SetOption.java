package io.sabot.parser.statement;

/** {@code SET 'key' = 'value'}; {@code SET} alone is {@link Show} of {@link ShowKind#SETTINGS}. */
public record SetOption(Source source, OptionEntry option) implements Statement {}
