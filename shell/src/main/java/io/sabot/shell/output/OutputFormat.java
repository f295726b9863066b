package io.sabot.shell.output;

import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The output formats, by the names users give them. */
public enum OutputFormat {
    TABLE {
        @Override
        public ResultWriter writer(Writer out, Style style) {
            return new TableWriter(out, style);
        }
    },
    CSV {
        @Override
        public ResultWriter writer(Writer out, Style style) {
            return new CsvWriter(out, style);
        }
    },
    JSON {
        @Override
        public ResultWriter writer(Writer out, Style style) {
            return JsonWriter.array(out);
        }
    },
    JSONL {
        @Override
        public ResultWriter writer(Writer out, Style style) {
            return JsonWriter.lines(out);
        }
    },
    MARKDOWN {
        @Override
        public ResultWriter writer(Writer out, Style style) {
            return new MarkdownWriter(out, style);
        }
    },
    VERTICAL {
        @Override
        public ResultWriter writer(Writer out, Style style) {
            return new VerticalWriter(out, style);
        }
    };

    public abstract ResultWriter writer(Writer out, Style style);

    /** Whether people read it, not programs: only then a summary stands under each result. */
    public boolean isForReading() {
        return this == TABLE || this == VERTICAL;
    }

    public static Optional<OutputFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equalsIgnoreCase(name))
                .findFirst();
    }

    /** All names, for help and messages. */
    public static String names() {
        return Arrays.stream(values()).map(OutputFormat::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
