/**
 * Runs SQL scripts that carry what they must answer ({@code *.iq}), against any JDBC connection.
 *
 * <p>{@link io.sabot.sqltests.GoldenScript} is the type to read first: one script, run once in one way. The scripts
 * themselves, and tests that need more than a script, are in this module's test sources. Nothing here knows the engine:
 * what a script sees is what a JDBC client sees.
 */
@NullMarked
package io.sabot.sqltests;

import org.jspecify.annotations.NullMarked;
