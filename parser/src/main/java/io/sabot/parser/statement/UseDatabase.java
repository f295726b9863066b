package io.sabot.parser.statement;

/** {@code USE [catalog.]database}. */
public record UseDatabase(Source source, ObjectName database) implements Statement {}
