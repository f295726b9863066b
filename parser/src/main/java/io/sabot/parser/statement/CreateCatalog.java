package io.sabot.parser.statement;

/**
 * {@code CREATE CATALOG}.
 *
 * @param comment empty when there is none
 */
public record CreateCatalog(Source source, boolean ifNotExists, Name name, String comment, Options options)
        implements Statement {}
