package io.sabot.shell.run;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * One command of the shell itself.
 *
 * @param names the spellings without dot or backslash, the one for the help text first
 * @param arguments how the arguments are called in the help text
 */
record MetaCommand(List<String> names, String arguments, String help, Action action) {

    /**
     * Does the command; the argument is the rest of the line, empty when there is none. False means that something failed
     * and the user has been told.
     */
    @FunctionalInterface
    interface Action {
        boolean run(String argument) throws SQLException, IOException, CommandFailure;
    }
}
