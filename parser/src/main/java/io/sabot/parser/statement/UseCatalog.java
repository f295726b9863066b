package io.sabot.parser.statement;

/** {@code USE CATALOG c}. */
public record UseCatalog(Source source, Name catalog) implements Statement {}
