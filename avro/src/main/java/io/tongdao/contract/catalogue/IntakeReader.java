package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Collect;
import io.tongdao.contract.plan.Intake;
import io.tongdao.contract.plan.Intake.Encoding;
import io.tongdao.contract.plan.Intake.Format;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads where a dataset's rows are and how they come in: the words {@code source} and {@code collect}. */
final class IntakeReader {
    private static final Map<String, Encoding> ENCODINGS = Map.of("utf-8", Encoding.UTF_8, "gb18030", Encoding.GB18030);
    private static final Map<String, Character> SEPARATORS = separators();
    private final Fields root;

    private IntakeReader(Fields root) {
        this.root = root;
    }

    /**
     * Where the rows are; empty after a problem.
     *
     * @param connection blank where the rows come by files
     * @param inbox blank where they don't
     */
    record Origin(Collect collect, Ref connection, String table, Ref inbox, Intake intake) {}

    static Origin read(Fields root) {
        return new IntakeReader(root).origin();
    }

    private Origin origin() {
        Collect collect = root.optionalWord("collect", Collect.PHYSICAL);
        Ref none = new Ref("", root.at());
        Fields source = root.section(
                "source",
                CheckCode.KEY_MISSING,
                "dataset lacks \"source\": write {connection: …, table: schema.table} or {inbox: …, file: csv}");
        if (source == null) {
            return new Origin(collect, none, "", none, Intake.CAPTURE);
        }
        Origin origin;
        if (source.has("inbox")) {
            Ref inbox = source.ref("inbox");
            origin = new Origin(collect, none, "", inbox, files(source, inbox));
        } else {
            origin = new Origin(collect, source.ref("connection"), source.id("table", Ids.TABLE), none, Intake.CAPTURE);
        }
        source.end();
        return origin;
    }

    private static Intake files(Fields source, Ref inbox) {
        Format format = source.word("file", Format.CSV, CheckCode.KEY_MISSING, "source lacks \"file\": csv or parquet");
        Encoding encoding = Encoding.UTF_8;
        String nullText = "";
        char separator = ',';
        if (format == Format.CSV) {
            encoding = choice(source, "encoding", ENCODINGS, encoding);
            nullText = source.optional("null");
            separator = choice(source, "separator", SEPARATORS, separator);
        }
        return new Intake.Files(inbox.id(), format, encoding, nullText, separator, key(source));
    }

    private static List<String> key(Fields source) {
        for (Ref column : source.refs("key")) {
            if (!Ids.COLUMN.matcher(column.id()).matches()) {
                source.problem(
                        column.at(),
                        CheckCode.ID_FORM,
                        "\"" + column.id() + "\" can't name a column: " + Ids.rule(Ids.COLUMN));
            }
        }
        return source.refs("key").stream().map(Ref::id).toList();
    }

    private static <T> T choice(Fields source, String key, Map<String, T> words, T standIn) {
        String word = source.optional(key);
        if (word.isEmpty()) {
            return standIn;
        }
        T found = words.get(word);
        if (found == null) {
            source.problem(
                    source.at(key),
                    CheckCode.VALUE_WORD,
                    "\"" + key + "\" of source can't be \"" + word + "\"" + Nearest.hint(word, words.keySet()));
        }
        return found == null ? standIn : found;
    }

    private static Map<String, Character> separators() {
        Map<String, Character> words = new LinkedHashMap<>();
        words.put(",", ',');
        words.put(";", ';');
        words.put("|", '|');
        words.put("tab", '\t');
        return words;
    }
}
