package io.sabot.shell.output;

/** The lines around and between the cells. */
enum TableFrame {
    DRAWN("─", "│", "┌┬┐", "├┼┤", "└┴┘"),
    ASCII("-", "|", "+++", "+++", "+++");

    private final String rule;
    private final String side;
    private final String top;
    private final String middle;
    private final String bottom;

    TableFrame(String rule, String side, String top, String middle, String bottom) {
        this.rule = rule;
        this.side = side;
        this.top = top;
        this.middle = middle;
        this.bottom = bottom;
    }

    String side() {
        return side;
    }

    String top(int[] widths) {
        return horizontal(widths, top);
    }

    String middle(int[] widths) {
        return horizontal(widths, middle);
    }

    String bottom(int[] widths) {
        return horizontal(widths, bottom);
    }

    private String horizontal(int[] widths, String corners) {
        var line = new StringBuilder().append(corners.charAt(0));
        for (int i = 0; i < widths.length; i++) {
            line.append(rule.repeat(widths[i] + 2)).append(corners.charAt(i + 1 < widths.length ? 1 : 2));
        }
        return line.append('\n').toString();
    }
}
