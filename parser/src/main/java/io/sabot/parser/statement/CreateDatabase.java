package io.sabot.parser.statement;

/**
 * {@code CREATE DATABASE}.
 *
 * @param comment empty when there is none
 */
public record CreateDatabase(Source source, boolean ifNotExists, ObjectName name, String comment, Options options)
        implements Statement {}
