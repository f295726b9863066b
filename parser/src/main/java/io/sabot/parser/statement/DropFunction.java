package io.sabot.parser.statement;

/** {@code DROP [TEMPORARY [SYSTEM]] FUNCTION [IF EXISTS] f}. */
public record DropFunction(Source source, boolean temporary, boolean system, boolean ifExists, ObjectName name)
        implements Statement {}
