package io.sabot.shell.run;

/** A command of the shell that cannot be done; the message is for the user. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }
}
