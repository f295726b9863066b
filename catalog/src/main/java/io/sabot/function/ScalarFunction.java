package io.sabot.function;

/** Gives one value for each row: public methods named {@code eval}. */
public abstract class ScalarFunction extends UserDefinedFunction {}
