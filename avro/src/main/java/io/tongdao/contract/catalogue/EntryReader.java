package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Entry.Retention;
import io.tongdao.contract.plan.Grade;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.regex.Pattern;

/** Reads the fields of a dataset that name and file the resource (domain.md §3.5). */
final class EntryReader {
    static final Pattern CODE = Pattern.compile("[123]\\d{5}\\d*/\\d{1,9}");
    private static final String PERMANENT = "permanent";
    private static final String NONE = "none";

    private EntryReader() {}

    static Entry read(Fields root) {
        return new Entry(
                code(root),
                root.element("abstract", "信息资源摘要"),
                published(root),
                root.refs("related"),
                new Ref(root.element("class", "数据分类"), root.at("class")),
                root.optionalWord("grade", Grade.GENERAL),
                retention(root));
    }

    private static Ref code(Fields root) {
        String code = root.element("code", "信息资源代码");
        if (!code.isEmpty() && !CODE.matcher(code).matches()) {
            root.problem(
                    root.at("code"),
                    CheckCode.RESOURCE_CODE,
                    "resource code \"" + code
                            + "\": write 类 (1, 2 or 3), 项 (2 digits), 目 (3), 细目 (any), \"/\" and a number, as 101001/1");
            return new Ref("", root.at("code"));
        }
        return new Ref(code, root.at("code"));
    }

    private static LocalDate published(Fields root) {
        root.element("published_on", "发布日期");
        return Typed.optionalDate(root, "published_on", LocalDate.MIN);
    }

    private static Retention retention(Fields root) {
        Fields fields = root.section(
                "retention",
                CheckCode.ELEMENT_MISSING,
                "dataset lacks \"retention\" (保存和归档期限, art. 21): add {keep: P10Y, archive: P30Y}, or permanent");
        if (fields == null) {
            return new Retention(root.at(), "", "");
        }
        Retention retention = new Retention(fields.at(), term(fields, "keep", ""), term(fields, "archive", NONE));
        fields.end();
        return retention;
    }

    private static String term(Fields fields, String key, String also) {
        String text = fields.text(key);
        if (text.isEmpty() || text.equals(PERMANENT) || text.equals(also)) {
            return text;
        }
        try {
            if (Period.parse(text).toTotalMonths() > 0) {
                return text;
            }
        } catch (DateTimeException e) {
            // Said below, as for a period of no length.
        }
        fields.problem(
                fields.at(key),
                CheckCode.VALUE_PERIOD,
                "\"" + key + "\" is no term: write P10Y, " + PERMANENT + (also.isEmpty() ? "" : " or " + also));
        return "";
    }
}
