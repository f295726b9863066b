package io.sabot.shell.output;

import org.jline.utils.WCWidth;

/** Text measured in columns of the screen: a CJK character takes two, a combining mark none. */
final class ScreenText {
    private ScreenText() {}

    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            width += width(c);
            i += Character.charCount(c);
        }
        return width;
    }

    private static int width(int codePoint) {
        return codePoint >= ' ' && codePoint < 0x7f ? 1 : Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /** The text if it fits, else its beginning and an ellipsis. */
    static String cut(String text, int widthMax) {
        if (text.length() <= widthMax / 2 || width(text) <= widthMax) {
            return text;
        }
        int width = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (width + width(c) > widthMax - 1) {
                break;
            }
            width += width(c);
            i += Character.charCount(c);
        }
        return text.substring(0, i) + "…";
    }

    static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - width(text))) + text;
    }

    static String padRight(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }
}
