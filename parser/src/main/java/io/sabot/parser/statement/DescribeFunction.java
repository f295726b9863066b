package io.sabot.parser.statement;

/** {@code DESCRIBE | DESC FUNCTION [EXTENDED] f}. */
public record DescribeFunction(Source source, ObjectName function, boolean extended) implements Statement {}
