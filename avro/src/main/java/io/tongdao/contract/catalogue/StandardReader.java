package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Mapping;
import io.tongdao.contract.catalogue.Catalogue.Standard;
import io.tongdao.contract.catalogue.Catalogue.Version;
import io.tongdao.contract.plan.StandardPlan.Format;
import io.tongdao.contract.plan.StandardPlan.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code standards/<standard>.yaml}: a code table or a set of formats, in versions. */
final class StandardReader {
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,4}");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.-]+");

    private static final String TABLE = "table";

    private StandardReader() {}

    static Standard read(Fields root) {
        Kind kind = root.optionalWord("kind", Kind.CODES);
        List<Version> versions = new ArrayList<>();
        String text = "standard lacks \"versions\": write \"2003\": {from: 2003-12-01, codes: {…}} below it";
        for (Fields fields : root.named("versions", "version", CheckCode.KEY_MISSING, text)) {
            versions.add(version(fields, kind));
        }
        versions.sort(Comparator.comparing(Version::from));
        Standard standard = new Standard(
                root.text("standard"),
                root.at("standard"),
                root.text("title"),
                kind,
                List.copyOf(versions),
                DocumentReader.kinds(root),
                kind == Kind.CODES ? maps(root) : Map.of());
        root.end();
        return standard;
    }

    private static Map<String, Mapping> maps(Fields root) {
        Fields section = root.optionalSection("maps");
        Map<String, Mapping> maps = new LinkedHashMap<>();
        for (Fields mapping : section == null ? List.<Fields>of() : section.named(TABLE)) {
            String table = mapping.what().substring(TABLE.length() + 1);
            maps.put(table, new Mapping(mapping.at(), mapping.texts()));
            mapping.end();
        }
        return maps;
    }

    private static Version version(Fields fields, Kind kind) {
        String name = fields.checked("", fields.name(), VERSION);
        boolean codes = kind == Kind.CODES;
        Version version = new Version(
                name,
                fields.at(),
                Typed.date(fields, "from", LocalDate.MIN),
                Typed.optionalDate(fields, "until", LocalDate.MAX),
                codes && Typed.flag(fields, "excerpt"),
                codes ? codes(fields) : Map.of(),
                codes ? List.of() : formats(fields));
        fields.end();
        return version;
    }

    private static Map<String, Ref> codes(Fields version) {
        Fields codes = version.section(
                "codes", CheckCode.KEY_MISSING, version.what() + " lacks \"codes\": write {\"1\": …, \"2\": …}");
        if (codes == null) {
            return Map.of();
        }
        Map<String, Ref> table = codes.texts();
        codes.end();
        return table;
    }

    private static List<Format> formats(Fields version) {
        String text =
                version.what() + " lacks \"formats\": write mobile: {length: 11, pattern: '1[3-9]\\d{9}'} below it";
        List<Format> formats = new ArrayList<>();
        for (Fields fields : version.named("formats", "format", CheckCode.KEY_MISSING, text)) {
            int length = Typed.number(fields, "length", COUNT, "write a number of characters")
                    .orElse(0);
            formats.add(new Format(fields.name(), length, pattern(fields)));
            fields.end();
        }
        return formats;
    }

    private static Pattern pattern(Fields fields) {
        try {
            return Pattern.compile(fields.text("pattern"));
        } catch (PatternSyntaxException e) {
            fields.problem(
                    fields.at("pattern"),
                    CheckCode.STANDARD_FORMAT,
                    "\"pattern\" of " + fields.what() + " is no regular expression (" + e.getDescription()
                            + "): correct it, and quote it with '…'");
            return Pattern.compile("");
        }
    }
}
