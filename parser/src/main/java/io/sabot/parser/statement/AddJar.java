package io.sabot.parser.statement;

/** {@code ADD JAR 'path'}. */
public record AddJar(Source source, Name path) implements Statement {}
