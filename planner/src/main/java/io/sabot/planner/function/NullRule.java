package io.sabot.planner.function;

/** When a function gives NULL. */
public enum NullRule {
    STRICT("NULL if an argument is NULL"),
    STRICT_OR_BAD("NULL if an argument is NULL, or is one that the function cannot work with"),
    AWARE("as described"),
    IGNORED("NULL values are left out"),
    NEVER("never NULL");

    private final String text;

    NullRule(String text) {
        this.text = text;
    }

    /** The rule in words. */
    public String text() {
        return text;
    }
}
