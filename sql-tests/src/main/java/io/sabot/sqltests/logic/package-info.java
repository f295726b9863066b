/**
 * Runs files of SQLite's logic tests (sqllogictest: records of one statement or one query each, with what it must
 * answer) against any JDBC connection.
 *
 * <p>{@link io.sabot.sqltests.logic.LogicRun} is the type to read first: a part of one file, run on an engine of its
 * own. {@link io.sabot.sqltests.logic.LogicDialect} is all that is changed in a statement before it runs.
 */
@NullMarked
package io.sabot.sqltests.logic;

import org.jspecify.annotations.NullMarked;
