package io.sabot.parser.statement;

/** {@code KILL QUERY 'id'}. */
public record KillQuery(Source source, Name query) implements Statement {}
