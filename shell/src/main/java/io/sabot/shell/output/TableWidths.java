package io.sabot.shell.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses how wide the columns of a table are. */
final class TableWidths {
    /** Below this a cut text says nothing; the table is then wider than the screen. */
    private static final int TEXT_WIDTH_MIN = 8;

    private static final int TEXT_SHARE_MAX = 20;

    private TableWidths() {}

    /** As wide as the widest of name and cells, text columns narrowed until the table fits the screen. */
    static int[] fitting(List<Column> columns, List<@Nullable String[]> rows, String nullText, int screenWidth) {
        int[] widths = nameWidths(columns);
        for (@Nullable String[] cells : rows) {
            for (int i = 0; i < widths.length; i++) {
                String cell = cells[i];
                widths[i] = Math.max(widths[i], ScreenText.width(cell == null ? nullText : cell));
            }
        }
        narrow(columns, widths, screenWidth);
        return widths;
    }

    /** Before any row is known: what the types usually need, and for text a share of what is left of the screen. */
    static int[] usual(List<Column> columns, int screenWidth) {
        int[] widths = nameWidths(columns);
        int texts = 0;
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(
                    widths[i],
                    isChangeKind(columns, i) ? 2 : columns.get(i).kind().usualWidth());
            texts += isText(columns, i) ? 1 : 0;
        }
        int spare = Math.max(0, screenWidth - total(widths));
        for (int i = 0; i < widths.length; i++) {
            widths[i] += isText(columns, i) ? Math.min(TEXT_SHARE_MAX, spare / texts) : 0;
        }
        narrow(columns, widths, screenWidth);
        return widths;
    }

    private static boolean isText(List<Column> columns, int i) {
        return columns.get(i).kind() == ValueKind.TEXT && !isChangeKind(columns, i);
    }

    /** The first column of an updating query, +I and its like. */
    private static boolean isChangeKind(List<Column> columns, int i) {
        return i == 0 && columns.get(i).name().equals("op");
    }

    private static int[] nameWidths(List<Column> columns) {
        return columns.stream()
                .mapToInt(column -> ScreenText.width(ValueText.oneLine(column.name())))
                .toArray();
    }

    private static int total(int[] widths) {
        int total = 1;
        for (int width : widths) {
            total += width + 3;
        }
        return total;
    }

    private static void narrow(List<Column> columns, int[] widths, int screenWidth) {
        int excess = screenWidth == 0 ? 0 : total(widths) - screenWidth;
        while (excess > 0) {
            int widest = widestText(columns, widths);
            if (widest < 0) {
                return;
            }
            widths[widest]--;
            excess--;
        }
    }

    private static int widestText(List<Column> columns, int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean canNarrow = !columns.get(i).kind().isNumber() && widths[i] > TEXT_WIDTH_MIN;
            if (canNarrow && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }
}
