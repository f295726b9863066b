package io.sabot.parser.statement;

/** {@code REMOVE JAR 'path'}. */
public record RemoveJar(Source source, Name path) implements Statement {}
