package io.tongdao.contract.topic;

import io.tongdao.contract.identity.SubjectKind;

/** Names of the topics that the catalogue does not name itself. */
public final class Names {
    /** Compacted: every published version of the catalogue with its files, and which of them is carried out. */
    public static final String CATALOGUE = "ctl.catalogue";
    /** Compacted: grant id → grant. */
    public static final String GRANTS = "ctl.grant";
    /** Compacted: incident id → an emergency (突发事件, art. 27): its life, and who was given its key. */
    public static final String INCIDENTS = "ctl.incident";
    /** Compacted: dataset → epoch and state of its snapshot, compare-and-set by its one connector. */
    public static final String SOURCES = "ctl.source";
    /** Compacted: what operators want of a collection that runs, {@code resnapshot|<dataset>} and {@code heal|<connection>}. */
    public static final String ORDERS = "ctl.collect";
    /** Compacted: {@code grant|epoch|kind|partition} → what the release task has done. */
    public static final String ACKS = "ctl.ack";
    /** Rows without a valid identifier or that can't be read: coordinates and code, never a value. */
    public static final String REJECTS = "flag.reject";
    /** Compacted: dataset → its source table's shape, and how it has changed since the table was last read. */
    public static final String SCHEMA_CHANGES = "flag.schema";
    /** Open and closed discrepancies. */
    public static final String DISCREPANCIES = "flag.discrepancy";

    /** Compacted: {@code subject|dataset|row} → a row that seems to be about another subject than its number says: who, never a value. */
    public static final String REVIEWS = "flag.review";

    /** Compacted: how many rows keep the rules of their datasets, and the coordinates of those that don't, never a value. */
    public static final String QUALITY = "flag.quality";

    /** Append-only: who asked to see what is known of a subject, why, and whether it was shown. */
    public static final String ACCESSES = "audit.access";

    /** Append-only: every verification (核实、比对): who asked about which subject and items, and what was answered; never a value. */
    public static final String VERIFICATIONS = "audit.verification";

    /** Append-only: how much was released under each grant and epoch, by the minute (留痕, art. 28). */
    public static final String RELEASES = "audit.release";

    /** Append-only: of which subjects, by their tokens, something was released under which grant and epoch, and when. */
    public static final String SUBJECT_RELEASES = "audit.subject_release";

    /** Append-only: who picked up which file of which grant (文件领取); before the first byte. */
    public static final String PICKUPS = "audit.pickup";

    /** Compacted: grant id → the newest order to make its files. */
    public static final String FILE_ORDERS = "ctl.files";

    /** Compacted: token id → who may use the HTTP API as whom; of the token itself only a digest. */
    public static final String API_TOKENS = "ctl.token";

    /** Compacted: orders to stages, {@code order|<stage>}; how far each is, {@code state|<stage>}; what its tasks have done, {@code ack|…}. */
    public static final String STAGES = "ctl.stage";

    /** Compacted: {@code publication|v<n>} → a version that was opened to the public, and what was decided about it (art. 37-42). */
    public static final String OPENINGS = "ctl.open";

    /** What the topics of protections begin with. */
    public static final String PROTECTIONS = "ctl.protect.";

    private Names() {}

    /** Compacted: {@code subject|base|item} → who objects to a value (异议), in order with what is known of the subjects of a kind. */
    public static String objections(SubjectKind kind) {
        return "ctl.objection." + kind.word();
    }

    /** Compacted: {@code subject|base|item} → how a discrepancy was settled (裁定). */
    public static String rulings(SubjectKind kind) {
        return "ctl.ruling." + kind.word();
    }

    /** Compacted: {@code subject|dataset|row} → whether a row under review is about the subject that its number says. */
    public static String identities(SubjectKind kind) {
        return "ctl.identity." + kind.word();
    }

    /** What the topics of rows that are told apart begin with. */
    public static final String APART = "ctl.apart.";

    /** Compacted: {@code subject|dataset|row|about} → a row that is not heard about its subject, in order with its kind's data. */
    public static String apart(SubjectKind kind) {
        return APART + kind.word();
    }

    /**
     * Compacted: what leaves no trace, a copy of each in every partition of every kind, in order with the data. The most sensitive topic there
     * is: who is protected stands in it.
     */
    public static String protections(SubjectKind kind) {
        return PROTECTIONS + kind.word();
    }

    /** What a stage's own topics held when its state was taken away, in order with what it reads; emptied once it is rebuilt. */
    public static String seeds(SubjectKind kind) {
        return SEEDS + kind.word();
    }

    /** What the topics of seeds begin with. */
    public static final String SEEDS = "ctl.seed.";

    /** Grants in order with the data: one copy of each change in every partition of the kind. */
    public static String release(SubjectKind kind) {
        return "ctl.release." + kind.word();
    }

    public static String src(String agency, String dataset) {
        return "src." + agency + "." + dataset;
    }

    public static String base(String database) {
        return "base." + database;
    }

    public static String theme(String database, String table) {
        return "theme." + database + "." + table;
    }
}
