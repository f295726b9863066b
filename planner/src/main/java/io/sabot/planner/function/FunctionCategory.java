package io.sabot.planner.function;

/** Families of functions, in the order of the reference. */
public enum FunctionCategory {
    CONDITIONAL("Conditions and types"),
    MATH("Numbers"),
    TEXT("Texts and bytes"),
    TIME("Dates and times"),
    COLLECTION("Arrays, maps and rows"),
    JSON("JSON"),
    AGGREGATE("Aggregates"),
    ANALYTIC("Rows around a row (OVER)"),
    PATTERN("Pattern recognition (MATCH_RECOGNIZE)"),
    WINDOW("Windows");

    private final String title;

    FunctionCategory(String title) {
        this.title = title;
    }

    /** Heading of the family. */
    public String title() {
        return title;
    }
}
