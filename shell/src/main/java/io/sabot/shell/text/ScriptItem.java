package io.sabot.shell.text;

/**
 * One thing a script asks for, with the place where it begins (both from 1).
 *
 * @param text a statement without its semicolon, or a command of the shell with its dot or backslash
 */
public record ScriptItem(String text, int line, int column, boolean isCommand) {

    /**
     * The statement moved to its place in the script by blank lines and spaces, so that positions in the engine's messages
     * count from the script's beginning.
     */
    public String textInPlace() {
        return "\n".repeat(line - 1) + " ".repeat(column - 1) + text;
    }

    /** Whether a line, read where a statement could begin, is a command for the shell and not SQL. */
    public static boolean isCommand(String line) {
        String start = line.stripLeading();
        return start.startsWith("\\") || (start.startsWith(".") && start.length() > 1 && !isDigit(start.charAt(1)));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
