package io.tongdao.ops.page;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.Dataset;
import io.tongdao.contract.catalogue.Entry;
import io.tongdao.contract.catalogue.Ref;
import io.tongdao.contract.catalogue.Rules;
import io.tongdao.contract.plan.ShareClass;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A dataset as the page shows it.
 *
 * @param facts the elements of art. 15 in their order, each with its value
 * @param share the word of the class, for its colour and the filter
 */
public record DatasetEntry(
        String id,
        String title,
        String code,
        String summary,
        String agency,
        String share,
        String shareWord,
        String open,
        String openWord,
        int level,
        List<Fact> facts,
        List<ItemRow> items) {

    /** One element: what it is called, and what it is here. */
    public record Fact(String name, String value) {}

    static DatasetEntry of(Catalogue catalogue, Dataset dataset) {
        return new DatasetEntry(
                dataset.id(),
                dataset.title(),
                dataset.entry().code().id(),
                dataset.entry().summary(),
                agency(catalogue, dataset.provider()),
                word(dataset.share().type()),
                Chinese.share(dataset.share().type()),
                word(dataset.open().type()),
                Chinese.open(dataset.open().type()),
                dataset.level(),
                facts(catalogue, dataset),
                dataset.items().values().stream()
                        .map(item -> ItemRow.of(catalogue, dataset, item))
                        .toList());
    }

    private static List<Fact> facts(Catalogue catalogue, Dataset dataset) {
        Entry entry = dataset.entry();
        return Stream.of(
                        new Fact("提供单位", agency(catalogue, dataset.provider())),
                        new Fact("信息资源分类", classification(catalogue, entry.classification())),
                        new Fact("数据分类", dataClass(catalogue, entry.dataClass())),
                        new Fact("数据分级", Chinese.grade(entry.grade()) + " · 最高 " + dataset.level() + " 级"),
                        new Fact("数据主体", subjects(dataset)),
                        new Fact("数据形式和格式", Chinese.form(dataset.form()) + " · " + dataset.format()),
                        new Fact("更新频率", Chinese.cycle(dataset.update())),
                        new Fact("归集方式", collect(dataset)),
                        new Fact("共享方式", methods(dataset)),
                        new Fact("共享范围", dataset.share().scope()),
                        new Fact("使用用途", purposes(catalogue, dataset)),
                        new Fact("使用条件", dataset.share().condition()),
                        new Fact("不予共享理由", Grounds.withheld(dataset.share())),
                        new Fact("核实比对", Grounds.verify(dataset.share())),
                        new Fact("开放条件", dataset.open().condition()),
                        new Fact("不予开放理由", dataset.open().reason()),
                        new Fact("保存期限", Chinese.term(entry.retention().keep())),
                        new Fact("归档期限", Chinese.term(entry.retention().archive())),
                        new Fact("质量规则", rules(dataset)),
                        new Fact("发布日期", Chinese.day(entry.publishedOn())),
                        new Fact("关联资源", related(catalogue, entry.related())),
                        new Fact("单位审核", dataset.assessments().approvedBy()))
                .filter(fact -> !fact.value().isEmpty())
                .toList();
    }

    static String agency(Catalogue catalogue, Ref agency) {
        Catalogue.Agency known = catalogue.agencies().get(agency.id());
        return known == null ? agency.id() : known.name();
    }

    static String dataset(Catalogue catalogue, String id) {
        Dataset known = catalogue.datasets().get(id);
        return known == null ? id : agency(catalogue, known.provider()) + "《" + known.title() + "》";
    }

    static String dataClass(Catalogue catalogue, Ref dataClass) {
        Catalogue.DataClass known = catalogue.classes().get(dataClass.id());
        return known == null ? "" : known.label();
    }

    private static String classification(Catalogue catalogue, String code) {
        return catalogue.resources().classification().entrySet().stream()
                .filter(one -> code.startsWith(one.getKey()))
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(one -> one.getValue().id())
                .collect(Collectors.joining(" › "));
    }

    private static String subjects(Dataset dataset) {
        return dataset.subjects().stream()
                .map(subject -> Chinese.subject(subject.kind()))
                .distinct()
                .collect(Collectors.joining("、"));
    }

    private static String collect(Dataset dataset) {
        return switch (dataset.collect()) {
            case PHYSICAL -> dataset.inbox().blank() ? "数据库变更捕获" : "文件批量交换";
            case LOGICAL -> "逻辑归集，数据留在提供单位，仅供核实比对";
        };
    }

    private static String methods(Dataset dataset) {
        return dataset.share().methods().stream().map(Chinese::method).collect(Collectors.joining("、"));
    }

    private static String purposes(Catalogue catalogue, Dataset dataset) {
        if (dataset.share().purposes().isEmpty()) {
            return dataset.share().type() == ShareClass.WITHHELD ? "" : "不限";
        }
        return dataset.share().purposes().stream()
                .map(purpose -> {
                    Catalogue.Purpose known = catalogue.purposes().get(purpose.id());
                    return known == null ? purpose.id() : known.label();
                })
                .collect(Collectors.joining("、"));
    }

    /** What the agency wrote; what follows from the items stands with them. */
    private static String rules(Dataset dataset) {
        Rules rules = dataset.rules();
        return Stream.of(
                        labels(dataset, "必填：", rules.required().stream()),
                        labels(dataset, "不重复：", rules.unique().stream()),
                        labels(dataset, "按期入库：", rules.timely().keySet().stream()),
                        rules.checks().values().stream()
                                .map(Rules.Condition::label)
                                .collect(Collectors.joining("；")))
                .filter(some -> !some.isEmpty())
                .collect(Collectors.joining("；"));
    }

    private static String labels(Dataset dataset, String what, Stream<Ref> items) {
        String labels = items.map(item -> dataset.items().get(item.id()))
                .filter(java.util.Objects::nonNull)
                .map(Dataset.Item::label)
                .collect(Collectors.joining("、"));
        return labels.isEmpty() ? "" : what + labels;
    }

    private static String related(Catalogue catalogue, List<Ref> related) {
        return related.stream().map(ref -> dataset(catalogue, ref.id())).collect(Collectors.joining("；"));
    }

    static String word(ShareClass type) {
        return type.name().toLowerCase(java.util.Locale.ROOT);
    }
}
