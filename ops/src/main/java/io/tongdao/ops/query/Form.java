package io.tongdao.ops.query;

import io.tongdao.lakehouse.query.ResultPrinter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an answer is written. */
public enum Form {
    TABLE,
    CSV,
    JSON,
    PARQUET;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Form> of(String word) {
        return Arrays.stream(values())
                .filter(form -> form.word().equalsIgnoreCase(word))
                .findFirst();
    }

    /** By a file's ending. */
    public static Optional<Form> ofFile(String name) {
        return of(name.substring(name.lastIndexOf('.') + 1));
    }

    /** As text; Parquet is none. */
    ResultPrinter.Format text() {
        return switch (this) {
            case TABLE, PARQUET -> ResultPrinter.Format.TABLE;
            case CSV -> ResultPrinter.Format.CSV;
            case JSON -> ResultPrinter.Format.JSON;
        };
    }
}
