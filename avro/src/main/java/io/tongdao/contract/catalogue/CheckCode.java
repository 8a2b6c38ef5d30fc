package io.tongdao.contract.catalogue;

/**
 * Every rule that a catalogue or an application for a grant can break, with the article that it serves. The codes are stable: tools
 * and tests name them. Each has a failing example in the tests; a code without one fails the build.
 */
public enum CheckCode {
    // the form of files and values
    FILE_MISSING("file.missing", ""),
    FILE_UNKNOWN("file.unknown", ""),
    FILE_ENCODING("file.encoding", ""),
    YAML_SYNTAX("yaml.syntax", ""),
    YAML_ANCHOR("yaml.anchor", ""),
    YAML_DUPLICATE_KEY("yaml.duplicate-key", ""),
    CSV_SHAPE("csv.shape", ""),
    KEY_MISSING("key.missing", ""),
    KEY_UNKNOWN("key.unknown", ""),
    VALUE_SHAPE("value.shape", ""),
    VALUE_WORD("value.word", ""),
    VALUE_DATE("value.date", ""),
    VALUE_NUMBER("value.number", ""),
    VALUE_PERIOD("value.period", ""),
    ID_FORM("id.form", ""),
    DUPLICATE("duplicate", ""),
    UNUSED("unused", "art. 14"),
    VARIABLE_UNKNOWN("variable.unknown", ""),
    SECRET_CLEAR("secret.clear", "art. 53"),

    // names that lead nowhere
    REF_AGENCY("ref.agency", "art. 15"),
    REF_BASE("ref.base", "art. 12"),
    REF_CLASS("ref.class", "art. 13"),
    REF_CONNECTION("ref.connection", "art. 25"),
    REF_DATASET("ref.dataset", "art. 15"),
    REF_DIVISION("ref.division", "art. 26"),
    REF_INBOX("ref.inbox", "art. 25"),
    REF_ITEM("ref.item", "art. 15"),
    REF_PURPOSE("ref.purpose", "art. 29"),
    REF_STANDARD("ref.standard", "art. 18"),
    REF_TABLE("ref.table", "art. 39"),

    // registers
    AGENCY_LEVEL("agency.level", "art. 3"),
    AGENCY_CODE("agency.code", "art. 24"),
    DIVISION_UNKNOWN("division.unknown", "art. 26"),
    CALENDAR_DAY("calendar.day", "art. 16, 34"),
    CALENDAR_LAW("calendar.law", "art. 16, 34"),
    STANDARD_VERSION("standard.version", "art. 18"),
    STANDARD_PERIOD("standard.period", "art. 18"),
    STANDARD_FORMAT("standard.format", "art. 18"),
    STANDARD_TYPE("standard.type", "art. 18"),
    STANDARD_MAPPING("standard.mapping", "art. 18"),
    PURPOSE_CIRCLE("purpose.circle", "art. 29"),
    CLASS_LOCAL("class.local", "art. 13"),
    CLASS_LOWER("class.lower", "art. 13"),
    TERMS_RETENTION("terms.retention", "art. 35"),
    TERMS_OPEN("terms.open", "art. 38"),
    PARTITIONS_KINDS("partitions.kinds", "art. 24"),

    // entries of the catalogue
    DATASET_PATH("dataset.path", "art. 14"),
    ELEMENT_MISSING("element.missing", "art. 15"),
    RESOURCE_CODE("resource.code", "art. 15"),
    RESOURCE_TWICE("resource.twice", "art. 15"),
    RESOURCE_RETIRED("resource.retired", "art. 15"),
    RESOURCE_CLASS("resource.class", "art. 15"),
    CONNECTION_AGENCY("connection.agency", "art. 25"),
    RECEIVER_AGENCY("receiver.agency", "art. 26"),
    RECEIVER_TWICE("receiver.twice", "art. 26"),
    RECEIVER_DATABASE("receiver.database", "art. 26"),
    RECEIVER_SCHEMA("receiver.schema", "art. 26"),
    INBOX_AGENCY("inbox.agency", "art. 25"),
    INBOX_DIRECTORY("inbox.directory", "art. 25"),
    LOGICAL_FILES("logical.files", "art. 25"),
    LOGICAL_SHARE("logical.share", "art. 25"),
    LOGICAL_RETURN("logical.return", "art. 25"),
    LOGICAL_SOURCE("logical.source", "art. 25"),
    LOGICAL_RULES("logical.rules", "art. 25"),
    INCIDENT_ID("incident.id", "art. 27"),
    INCIDENT_SHAPE("incident.shape", "art. 27"),
    INCIDENT_SOURCE("incident.source", "art. 27"),
    TERRITORY_TYPE("territory.type", "art. 26"),
    AS_OF_TYPE("as_of.type", "art. 23"),
    SUBJECT_MISSING("subject.missing", "art. 24"),
    SUBJECT_CODE("subject.code", "art. 24"),
    DOCUMENT_CODES("document.codes", "art. 18"),
    DOCUMENT_KIND("document.kind", "art. 24"),
    DOCUMENT_TYPE("document.type", "art. 24"),
    IDENTIFIER_TYPE("identifier.type", "art. 24"),
    ITEM_TYPE("item.type", "art. 15"),
    ITEM_COLUMN("item.column", "art. 25"),
    ORIGIN_MISSING("origin.missing", "art. 22"),
    ORIGIN_COPY("origin.copy", "art. 22"),
    COLLECT_REPEAT("collect.repeat", "art. 22"),
    ITEM_WITHDRAWS("item.withdraws", "art. 20"),
    MASK_TYPE("mask.type", "art. 13"),

    // what rows must be like
    RULE_EXPRESSION("rule.expression", "art. 19"),
    RULE_TYPE("rule.type", "art. 19"),
    RULE_NEEDLESS("rule.needless", "art. 19"),

    // class, level and grade
    LEVEL_RANGE("level.range", "art. 13"),
    LEVEL_CLASS("level.class", "art. 13"),
    LEVEL_PERSONAL("level.personal", "art. 13"),
    GRADE_CORE("grade.core", "art. 13"),
    GRADE_OPEN("grade.open", "art. 37"),
    GRADE_SHARE("grade.share", "art. 31"),
    SECRECY_REFUSED("secrecy.refused", "art. 2"),
    ASSESSMENT_MISSING("assessment.missing", "art. 14"),
    ASSESSMENT_PERSONAL("assessment.personal", "art. 14"),
    ASSESSMENT_EXPIRED("assessment.expired", "art. 14"),

    // sharing and opening
    SHARE_SCOPE("share.scope", "art. 31"),
    SHARE_CONDITION("share.condition", "art. 31"),
    SHARE_CITATION("share.citation", "art. 31"),
    SHARE_VERIFY("share.verify", "art. 33"),
    SHARE_METHOD("share.method", "art. 31"),
    OPEN_CONDITION("open.condition", "art. 15"),
    OPEN_REASON("open.reason", "art. 38"),
    OPEN_WITHHELD("open.withheld", "art. 38"),
    OPEN_IDENTIFIER("open.identifier", "art. 38"),
    OPEN_CLASS("open.class", "art. 38"),
    OPEN_LADDER("open.ladder", "art. 38"),
    OPEN_ROLE("open.role", "art. 38"),

    // base databases
    BASE_SOURCE("base.source", "art. 23"),
    BASE_RULE("base.rule", "art. 23"),
    BASE_STRATEGY("base.strategy", "art. 23"),
    BASE_AS_OF("base.as_of", "art. 23"),
    BASE_TWICE("base.twice", "art. 23"),
    BASE_ITEM("base.item", "art. 23"),
    BASE_TYPE("base.type", "art. 18"),
    BASE_MASK("base.mask", "art. 13"),
    BASE_GROUP("base.group", "art. 23"),
    BASE_PURPOSE("base.purpose", "art. 31"),
    BASE_CHECK("base.check", "art. 20"),
    IDENTITY_ITEM("identity.item", "art. 24"),
    IDENTITY_ISSUER("identity.issuer", "art. 24"),
    IDENTITY_FORMERLY("identity.formerly", "art. 24"),
    IDENTITY_TWICE("identity.twice", "art. 24"),
    COMPARE_TYPE("compare.type", "art. 20"),
    COMPARE_CODES("compare.codes", "art. 18"),

    // thematic databases
    THEME_DATABASE("theme.database", "art. 12"),
    THEME_LEVEL("theme.level", "art. 12"),
    THEME_TERRITORY("theme.territory", "art. 12"),
    THEME_JOIN("theme.join", "art. 12"),
    THEME_ITEM("theme.item", "art. 12"),
    THEME_COUNT("theme.count", "art. 12"),
    THEME_ASSESSMENT("theme.assessment", "art. 25"),
    THEME_RAISES("theme.raises", "art. 25"),
    THEME_PURPOSE("theme.purpose", "art. 31");

    private final String code;
    private final String article;

    CheckCode(String code, String article) {
        this.code = code;
        this.article = article;
    }

    /** {@code share.citation}: the room of the rule and what it is about. */
    public String code() {
        return code;
    }

    /** {@code art. 31}, or empty where no article is behind the rule but the form of the files. */
    public String article() {
        return article;
    }
}
