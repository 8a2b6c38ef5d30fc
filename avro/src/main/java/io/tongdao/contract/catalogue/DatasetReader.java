package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Cycle;
import io.tongdao.contract.catalogue.Dataset.Form;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.catalogue.Dataset.Open;
import io.tongdao.contract.catalogue.Dataset.Share;
import io.tongdao.contract.catalogue.Dataset.Subject;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.ShareClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code datasets/<agency>/<dataset>.yaml}. Gives a dataset in any case: stand-ins for what is wrong and reported. */
final class DatasetReader {
    private static final CheckCode KEY_MISSING = CheckCode.KEY_MISSING;
    private final Fields root;

    private DatasetReader(Fields root) {
        this.root = root;
    }

    static Dataset read(Fields root) {
        Dataset dataset = new DatasetReader(root).dataset();
        root.end();
        return dataset;
    }

    private Dataset dataset() {
        String name = root.id("dataset", Ids.SNAKE);
        Ref provider = new Ref(root.element("provider", "提供单位"), root.at("provider"));
        IntakeReader.Origin origin = IntakeReader.read(root);
        Share share = Openness.share(root);
        Open open = open();
        Cycle update = element("update", "数据更新频率", Cycle.DAILY);
        List<Subject> subjects = subjects();
        Entry entry = EntryReader.read(root);
        return new Dataset(
                name,
                root.at("dataset"),
                provider,
                root.element("title", "目录名称"),
                entry,
                element("form", "数据形式", Form.DATABASE),
                root.element("format", "数据格式"),
                update,
                origin.connection(),
                origin.table(),
                subjects,
                root.refs("row_key"),
                root.optionalRef("as_of"),
                share,
                open,
                territories(),
                AssessmentReader.read(root),
                items(new ItemReader.Inherited(provider, entry.dataClass(), update, share, open, subjects)),
                origin.collect(),
                origin.intake(),
                origin.inbox(),
                RulesReader.read(root),
                root.optionalWord("membership", Dataset.Membership.BY_LEVEL),
                root.optionalRef("collected_under"));
    }

    private <E extends Enum<E>> E element(String key, String chinese, E standIn) {
        return root.word(
                key,
                standIn,
                CheckCode.ELEMENT_MISSING,
                "dataset lacks \"" + key + "\" (" + chinese + "), an element of art. 15: add it");
    }

    private List<Subject> subjects() {
        if (!root.has("subjects")) {
            Fields one = root.section(
                    "subject",
                    CheckCode.SUBJECT_MISSING,
                    "dataset lacks \"subject\" (art. 24): write {kind: person, item: citizen_id}");
            return one == null ? List.of() : List.of(subject(one, ""));
        }
        List<Subject> subjects = new ArrayList<>();
        for (Fields entry : root.named("subjects", "subject", KEY_MISSING, "dataset lacks \"subjects\"")) {
            subjects.add(subject(entry, entry.name()));
        }
        return subjects;
    }

    private static Subject subject(Fields fields, String role) {
        SubjectKind kind = fields.word(
                "kind", SubjectKind.OTHER, KEY_MISSING, "subject lacks \"kind\": person, organisation, place or other");
        Fields renamed = fields.optionalSection("claims");
        Fields when = fields.optionalSection("when");
        Fields sealed = fields.optionalSection("sealed");
        Subject subject = new Subject(
                role,
                fields.at(),
                kind,
                fields.ref("item"),
                renamed == null ? Map.of() : renamed.texts(),
                fields.checked("code", fields.optional("code"), Ids.SNAKE),
                when == null ? new Ref("", fields.at()) : when.ref("item"),
                when == null ? List.of() : when.refs("is"),
                fields.refs("formerly"),
                sealed == null ? new Ref("", fields.at()) : sealed.ref("item"),
                sealed == null ? List.of() : sealed.refs("is"));
        if (sealed != null) {
            sealed.end();
        }
        if (when != null) {
            when.end();
        }
        fields.end();
        return subject;
    }

    private Open open() {
        Fields fields = root.section(
                "open", CheckCode.ELEMENT_MISSING, "dataset lacks \"open\" (开放类型), an element of art. 15: add it");
        return fields == null ? new Open(ShareClass.WITHHELD, "", "") : Openness.open(fields);
    }

    private Map<String, Ref> territories() {
        Fields fields = root.optionalSection("territory");
        Map<String, Ref> territories = new LinkedHashMap<>();
        if (fields != null) {
            for (String basis : List.of("hukou", "residence", "handling")) {
                Ref item = fields.optionalRef(basis);
                if (!item.blank()) {
                    territories.put(basis, item);
                }
            }
            fields.end();
        }
        return territories;
    }

    private Map<String, Item> items(ItemReader.Inherited inherited) {
        Map<String, Item> items = new LinkedHashMap<>();
        String text = "dataset lacks \"items\" (数据项), an element of art. 15: add them";
        for (Fields fields : root.named("items", "item", CheckCode.ELEMENT_MISSING, text)) {
            Item item = ItemReader.read(fields, inherited);
            items.put(item.name(), item);
        }
        return items;
    }
}
